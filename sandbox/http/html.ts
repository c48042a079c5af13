/** Makes text safe inside HTML, attributes included. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

/** A page of WeCom's own, plainly marked as the sandbox's. `body` is HTML already. */
export function pageOf(title: string, body: string): string {
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><title>${escapeHtml(title)}</title><style>
:root{color-scheme:light dark;--ink:#1d2129;--soft:#5c6470;--line:#d9dde4;--paper:#f4f6f9;--card:#fff;--act:#1f5fd0}
@media (prefers-color-scheme:dark){:root{--ink:#e8eaee;--soft:#a3abb8;--line:#3a414d;--paper:#14171c;--card:#1d2229;--act:#79a8ff}}
*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.6 -apple-system,"PingFang SC","Noto Sans CJK SC",sans-serif}
main{max-width:420px;margin:48px auto;padding:28px 24px;background:var(--card);border:1px solid var(--line);border-radius:14px}
h1{font-size:20px;margin:0 0 12px}p{margin:0 0 14px;color:var(--soft)}form{margin:0}
button,.choice{display:block;width:100%;margin:8px 0;padding:11px 14px;border:1px solid var(--line);border-radius:9px;background:var(--card);color:var(--ink);font:inherit;text-align:left;cursor:pointer;text-decoration:none}
button.main{background:var(--act);border-color:var(--act);color:var(--card);text-align:center;font-weight:600}
select{width:100%;padding:10px;margin:0 0 14px;font:inherit;border:1px solid var(--line);border-radius:9px;background:var(--card);color:var(--ink)}
small{color:var(--soft)}fieldset{border:0;margin:0 0 14px;padding:0}legend{font-size:14px;color:var(--soft);padding:0}
</style></head><body><main>${body}<small>企业微信沙箱 · WeCom sandbox</small></main></body></html>`;
}

/** Hidden form fields that carry a request's parameters on. */
export function hiddenFields(fields: Readonly<Record<string, string>>): string {
  return Object.entries(fields)
    .map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`)
    .join('');
}
