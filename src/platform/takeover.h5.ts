/** What the person may have done to the server's markup before the app came: unfolded details, a focused control. */
function carryOver(from: HTMLElement, to: HTMLElement): void {
  const drawn = to.querySelectorAll('details');
  from.querySelectorAll('details').forEach((details, index) => {
    const twin = drawn.item(index);
    if (twin !== null) twin.open = details.open;
  });
}

/**
 * Swaps the server's markup for the app's in one frame: until now `#gate + #app` was kept invisible by CSS, so removing
 * the one shows the other. Called when the gate has drawn, before the browser paints; later calls do nothing.
 */
export function takeOver(): void {
  const gate = document.getElementById('gate');
  const app = document.getElementById('app');
  if (gate === null || app === null) return;
  carryOver(gate, app);
  const focused = gate.contains(document.activeElement) ? document.activeElement?.id : undefined;
  gate.remove();
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}
