import type { IncomingMessage, ServerResponse } from 'node:http';

const STYLE = `:root{color-scheme:light dark}body{margin:0;min-height:100vh;display:flex;flex-direction:column;align-items:center;
justify-content:center;gap:12px;padding:24px;box-sizing:border-box;text-align:center;font:16px/26px -apple-system,"PingFang SC","Noto Sans CJK SC",sans-serif;
background:#F4F6F9;color:#14181F}h1{font-size:22px;line-height:30px;margin:0}p{margin:0;color:#586171}code{font:14px/22px ui-monospace,Menlo,monospace;
background:#E4E8EE;color:#14181F;border-radius:6px;padding:4px 8px}a{color:#1A66E0}@media(prefers-color-scheme:dark){body{background:#0F1216;color:#E9ECF1}
p{color:#A4AEBD}code{background:#2B323B;color:#E9ECF1}a{color:#6AA5FF}}`;

/** The app server does not answer. The page tries again by itself, so starting the server is enough. */
export function sendServerDown(incoming: IncomingMessage, outgoing: ServerResponse, upstream: string): void {
  if (!wantsPage(incoming)) return sendJson(outgoing, 502, { error: { code: 'phone.server_down', message: upstream } });
  sendHtml(
    outgoing,
    502,
    page(
      '应用服务没有启动',
      `<p>${escapeHtml(upstream)} 没有应答</p><p><code>npm run demo</code></p><p lang="en">The app server is not running</p>`,
      '<meta http-equiv="refresh" content="2">',
    ),
  );
}

/** The browser holds no phone, or one that the sandbox has forgotten. */
export function sendNoPhone(incoming: IncomingMessage, outgoing: ServerResponse, sandbox: string): void {
  if (!wantsPage(incoming))
    return sendJson(outgoing, 400, { error: { code: 'phone.unknown', message: 'no such phone' } });
  const link = `<p><a target="_top" href="${escapeHtml(sandbox)}/">打开沙箱工作台</a></p>`;
  sendHtml(outgoing, 400, page('还没有选手机', `<p>这里是沙箱里的手机，先在工作台选一个人再打开应用</p>${link}`));
}

/**
 * Hands the browser over to another phone: keeps what the last phone's pages had stored in the browser, puts back what
 * this one's had, then goes on. Phone ids are `[A-Za-z0-9_-]+`. Without it "seen today" of one person would count for the next.
 */
export function sendHandover(outgoing: ServerResponse, phoneId: string, to: string): void {
  const script = `const key='__phones',all=JSON.parse(localStorage.getItem(key)||'{"kept":{}}'),me=${asScript(phoneId)};
if(all.now!==me){const mine={};for(const k of Object.keys(localStorage))if(k!==key)mine[k]=localStorage.getItem(k);
if(all.now)all.kept[all.now]=mine;localStorage.clear();sessionStorage.clear();
for(const[k,v]of Object.entries(all.kept[me]||{}))localStorage.setItem(k,v);all.now=me;localStorage.setItem(key,JSON.stringify(all))}
location.replace(${asScript(to)})`;
  outgoing.setHeader('set-cookie', `sandbox_phone=${phoneId}; Path=/; SameSite=Lax`);
  sendHtml(outgoing, 200, `<!doctype html><meta charset="utf-8"><title>…</title><script>${script}</script>`);
}

export function sendJson(outgoing: ServerResponse, status: number, body: unknown): void {
  outgoing.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
  outgoing.end(JSON.stringify(body));
}

function sendHtml(outgoing: ServerResponse, status: number, html: string): void {
  outgoing.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
  });
  outgoing.end(html);
}

function page(title: string, body: string, head = ''): string {
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">${head}
<title>${title}</title><style>${STYLE}</style><h1>${title}</h1>${body}</html>`;
}

const wantsPage = (incoming: IncomingMessage): boolean => String(incoming.headers.accept ?? '').includes('text/html');

const asScript = (text: string): string => JSON.stringify(text).replace(/</g, '\\u003c');

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
