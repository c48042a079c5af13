const FOCUSABLE = 'a[href], button:not([disabled]), input:not([type="hidden"]), textarea, summary';

function cycle(box: HTMLElement, event: KeyboardEvent): void {
  const stops = [...box.querySelectorAll<HTMLElement>(FOCUSABLE)];
  const edge = event.shiftKey ? stops[0] : stops[stops.length - 1];
  const inside = box.contains(document.activeElement) && document.activeElement !== box;
  if (stops.length === 0 || (inside && document.activeElement !== edge)) return;
  event.preventDefault();
  (event.shiftKey ? stops[stops.length - 1] : stops[0])?.focus();
}

/**
 * Makes the element with this id behave as a modal dialog: focus moves in and stays, Esc closes, the page behind does not
 * scroll. The returned function undoes it and puts focus back.
 */
export function holdFocus(id: string, close: () => void): () => void {
  const box = document.getElementById(id);
  const before = document.activeElement;
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') close();
    if (event.key === 'Tab' && box !== null) cycle(box, event);
  };
  document.addEventListener('keydown', onKey);
  document.documentElement.classList.add('gate-still');
  box?.focus({ preventScroll: true });
  return () => {
    document.removeEventListener('keydown', onKey);
    document.documentElement.classList.remove('gate-still');
    if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  };
}
