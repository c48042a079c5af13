import type { Context } from 'koa';
import { escapeHtml, pageOf } from '../http/html';
import type { World } from '../world';
import type { Person } from './people';

/** WeCom's page in a browser that is not WeCom. */
export function showOpenInWecom(ctx: Context): void {
  ctx.type = 'html';
  ctx.body = pageOf(
    '请在企业微信客户端打开链接',
    '<h1>请在企业微信客户端打开链接</h1><p>此页面需要企业微信的登录。</p>',
  );
}

/** WeCom's own page for a member without a seat (licence-api.md section 7); its wording is not documented. */
export function showUnlicensed(ctx: Context, appName: string): void {
  ctx.type = 'html';
  ctx.set('x-sandbox-page', 'unlicensed');
  ctx.body = pageOf(
    '无法使用应用',
    `<h1 id="platform-unlicensed">无法使用「${escapeHtml(appName)}」</h1><p>你没有此应用的接口许可，请联系服务商购买。</p>`,
  );
}

/**
 * Stands for the phone in hand: lets whoever plays choose the person. Choosing posts to `action`. `first` is who most
 * likely scans, as the main button.
 */
export function showPersonChooser(
  ctx: Context,
  world: World,
  title: string,
  action: string,
  first: Person | null = null,
): void {
  const groups = world.state.corps.map((corp) => {
    const people = corp.members
      .filter((member) => !member.left)
      .map((member) => choice(`${corp.corpId}/${member.userId}`, `${member.name}${member.admin ? '（管理员）' : ''}`));
    return `<fieldset><legend>${escapeHtml(corp.name)}</legend>${people.join('')}</fieldset>`;
  });
  ctx.type = 'html';
  ctx.body = pageOf(
    title,
    `<h1>${escapeHtml(title)}</h1><p>选择由谁的企业微信来确认。</p>
<form method="post" action="${escapeHtml(action)}">${mainChoice(first)}${groups.join('')}<fieldset><legend>没有企业微信</legend>${choice('outsider', '微信用户')}</fieldset></form>`,
  );
}

function mainChoice(person: Person | null): string {
  if (!person?.corp || !person.member) return '';
  const value = `${person.corp.corpId}/${person.member.userId}`;
  const label = `以「${person.member.name}」的身份确认`;
  return `<button class="main" id="confirm-person" name="person" value="${escapeHtml(value)}">${escapeHtml(label)}</button>`;
}

function choice(value: string, label: string): string {
  return `<button name="person" value="${escapeHtml(value)}">${escapeHtml(label)}</button>`;
}
