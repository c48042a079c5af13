/** @jest-environment jsdom */
import { h, render } from '../../sandbox/workbench/page/h';

const root = () => document.body;
beforeEach(() => render(root(), []));

test('drawing again keeps the elements that stay, and what the person does with them', () => {
  const draw = (text: string) =>
    render(root(), [h('details', {}, h('summary', {}, text)), h('input', { value: text })]);
  draw('a');
  const details = document.querySelector('details')!;
  const input = document.querySelector('input')!;
  details.open = true;
  input.focus();
  input.value = 'typed';
  draw('b');
  expect(document.querySelector('details')).toBe(details);
  expect(details.open).toBe(true);
  expect(details.textContent).toBe('b');
  expect([document.activeElement, input.value]).toEqual([input, 'typed']);
});

test('a row with a key keeps its element when others come before it or go', () => {
  const draw = (keys: string[]) =>
    render(
      root(),
      keys.map((key) => h('li', { key }, key)),
    );
  draw(['b', 'c']);
  const [b, c] = document.querySelectorAll('li');
  draw(['a', 'b', 'c']);
  expect([...document.querySelectorAll('li')].slice(1)).toEqual([b, c]);
  draw(['c', 'a']);
  expect([...document.querySelectorAll('li')].map((item) => item.textContent)).toEqual(['c', 'a']);
  expect(document.querySelector('li')).toBe(c);
  expect(b!.isConnected).toBe(false);
});

test('another key gives a new element: a frame opened anew loads anew', () => {
  render(root(), [h('iframe', { key: 'app1', title: 'x' })]);
  const first = document.querySelector('iframe');
  render(root(), [h('iframe', { key: 'app2', title: 'x' })]);
  expect(document.querySelectorAll('iframe')).toHaveLength(1);
  expect(document.querySelector('iframe')).not.toBe(first);
});

test('attributes go when they are no longer described, and handlers are the newest', () => {
  const calls: string[] = [];
  const draw = (name: string, disabled: boolean) =>
    render(root(), [
      h('button', { disabled, title: disabled ? 'no' : undefined, onclick: () => calls.push(name) }, 'x'),
    ]);
  draw('first', true);
  const button = document.querySelector('button')!;
  expect([button.disabled, button.title]).toEqual([true, 'no']);
  draw('second', false);
  expect([button.disabled, button.hasAttribute('title')]).toEqual([false, false]);
  button.click();
  expect(calls).toEqual(['second']);
});

test('text is never read as markup', () => {
  render(root(), [h('p', {}, '<img src=x onerror=alert(1)>')]);
  expect(document.querySelector('img')).toBeNull();
  expect(document.querySelector('p')!.textContent).toBe('<img src=x onerror=alert(1)>');
});

test('drawings are made as SVG', () => {
  render(root(), [h('svg', {}, h('path', { d: 'M0 0' }))]);
  expect(document.querySelector('path')!.namespaceURI).toBe('http://www.w3.org/2000/svg');
});
