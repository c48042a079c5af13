import type { Host } from './host';

/** The page on the screen as HTML, with its style sheet: for a browser to lay out, which the host cannot. */
export type Markup = { readonly html: string; readonly wxss: string; readonly title: string };

/** `@import` put in place, names relative to the sheet that imports. */
function styleSheet({ files }: Host, name: string): string {
  const source = files.has(name) ? files.text(name) : '';
  return source.replace(/@import\s*["']([^"']+)["']\s*;?/g, (_, imported: string) =>
    styleSheet({ files } as Host, new URL(imported, `file:///${name}`).pathname.slice(1)),
  );
}

/** Inputs and images become elements a browser can show; everything else stays a `<wx-…>` of the page. */
function withContents(holder: HTMLElement): string {
  const copy = holder.cloneNode(true) as HTMLElement;
  const nodes = (root: HTMLElement, tag: string) => [...root.querySelectorAll<HTMLElement & WithNode>(tag)];
  for (const tag of ['wx-image', 'wx-input', 'wx-textarea']) {
    const copies = nodes(copy, tag);
    nodes(holder, tag).forEach((original, index) => {
      const data = original.__wxElement?.data ?? {};
      copies[index]?.append(contentOf(holder.ownerDocument, tag, data));
    });
  }
  for (const element of copy.querySelectorAll('[id*="--"]')) element.id = element.id.replace(/^.*?--/, '');
  return copy.innerHTML;
}

type WithNode = { __wxElement?: { data?: Record<string, unknown> } };

function contentOf(document: Document, tag: string, data: Record<string, unknown>): Element {
  const element = document.createElement(tag === 'wx-image' ? 'img' : tag === 'wx-input' ? 'input' : 'textarea');
  const given = { src: data['src'], value: data['value'], placeholder: data['placeholder'] };
  for (const [name, value] of Object.entries(given)) if (typeof value === 'string') element.setAttribute(name, value);
  if (tag === 'wx-textarea') element.textContent = String(data['value'] ?? '');
  return element;
}

export function drawMarkup(host: Host): Markup {
  const { path, holder } = host.app().top();
  const { navigationBarTitleText } = host.files.json(`${path}.json`);
  return {
    html: withContents(holder),
    wxss: `${styleSheet(host, 'app.wxss')}\n${styleSheet(host, `${path}.wxss`)}`,
    title: holder.dataset['title'] ?? navigationBarTitleText ?? host.files.app.window?.navigationBarTitleText ?? '',
  };
}
