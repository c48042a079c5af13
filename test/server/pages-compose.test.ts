import { composePage } from '../../server/http/pages/compose-page';
import { contentSecurityPolicy } from '../../server/http/pages/content-security-policy';
import { readH5Assets } from '../../server/http/pages/gate-pages';
import type { GatePages } from '../../server/http/pages/gate-pages';
import type { GateState } from '../../src/gate/gate-state';

const pages: GatePages = {
  render: (state) => `<section id="gate-block"><h1>${state.verdict?.title ?? state.screen}</h1></section>`,
  css: '.gate{color:red}',
  scripts: ['/js/app.1.js'],
  styles: ['/css/app.1.css'],
};

function buildState(over: Partial<GateState> = {}): GateState {
  return {
    verdict: null,
    screen: 'open_in_wecom',
    lang: 'zh-CN',
    scheme: 'auto',
    client: 'browser',
    desktop: true,
    appName: '点检记录',
    returnTo: '/records',
    person: null,
    request: null,
    failure: null,
    targetTitle: null,
    ...over,
  };
}

function buildVerdict(outcome: 'allow' | 'wait' | 'block'): NonNullable<GateState['verdict']> {
  return {
    outcome,
    reason: outcome === 'wait' ? 'activating' : 'trial_over',
    capability: 'base',
    until: null,
    daysLeft: null,
    audience: 'member',
    actions: [],
    next: null,
    checkedAt: '2026-11-26T10:00:00+08:00',
    factsAgeMs: 0,
    corpId: 'wpCorp',
    title: '应用无法使用',
    sentence: '试用已于 11月26日 结束',
    banner: false,
    bannerCloses: false,
    sheet: false,
    why: [],
  };
}

function embeddedState(html: string): unknown {
  const json = /<script type="application\/json" id="gate-state"[^>]*>([\s\S]*?)<\/script>/.exec(html)?.[1];
  return JSON.parse(json ?? 'null');
}

describe('composePage', () => {
  test('the screen is real markup, beside the app, before any script or stylesheet is asked for', () => {
    const html = composePage(buildState({ verdict: buildVerdict('block'), screen: 'verdict' }), pages, 'n0nce');
    expect(html).toContain(
      '<div id="gate"><section id="gate-block"><h1>应用无法使用</h1></section></div><div id="app"></div>',
    );
    expect(html.indexOf('id="gate"')).toBeLessThan(html.indexOf('src="/js/app.1.js"'));
    expect(html.indexOf('id="gate"')).toBeLessThan(html.indexOf('href="/css/app.1.css"'));
    expect(html).toContain('<title>应用无法使用 · 点检记录</title>');
  });

  test('every style and script element carries the nonce', () => {
    const html = composePage(buildState(), pages, 'n0nce');
    const tags = html.match(/<(?:script|style)\b[^>]*>/g) ?? [];
    expect(tags).toHaveLength(3);
    expect(tags.every((tag) => tag.includes('nonce="n0nce"'))).toBe(true);
  });

  test('the embedded state is the state, whatever its words', () => {
    const state = buildState({ returnTo: '/record?id=</script><script>alert(1)</script>', appName: '<!--<b>&"' });
    const html = composePage(state, { ...pages, render: () => '' }, 'n');
    expect(embeddedState(html)).toEqual(state);
    expect(html).not.toContain('<script>alert');
    expect(html).toContain('<title>&lt;!--&lt;b&gt;&amp;&quot;</title>');
  });

  test('waiting goes on without scripts to the page’s own address, and only waiting', () => {
    const refresh = '<noscript><meta http-equiv="refresh" content="2;url=/record?id=1&amp;from=qr"></noscript>';
    const page = (outcome: 'allow' | 'wait' | 'block') =>
      composePage(
        buildState({ verdict: buildVerdict(outcome), screen: 'verdict', returnTo: '/record?id=1&from=qr' }),
        pages,
        'n',
      );
    expect(page('wait')).toContain(refresh);
    expect(page('block')).not.toContain('http-equiv');
    expect(page('allow')).not.toContain('http-equiv');
  });
});

describe('contentSecurityPolicy', () => {
  test('nothing runs without the nonce and nothing may frame a page', () => {
    const policy = contentSecurityPolicy('abc', ['https://open.example', 'https://open.example']);
    expect(policy.split('; ')).toEqual(
      expect.arrayContaining([
        "default-src 'none'",
        "script-src 'nonce-abc' 'strict-dynamic'",
        "style-src 'self' 'nonce-abc'",
        "connect-src 'self'",
        "form-action 'self' https://open.example",
        "base-uri 'none'",
        "frame-ancestors 'none'",
      ]),
    );
    expect(policy).not.toContain('unsafe');
  });
});

describe('readH5Assets', () => {
  test('keeps the order of the build and leaves icons and inline scripts out', () => {
    const html = `<head><link rel="icon" href="/i.png"><link href="/css/app.css" rel="stylesheet"><script>inline()</script></head>
      <body><script defer="defer" src="/js/vendors.js"></script><script src="/js/app.js"></script></body>`;
    expect(readH5Assets(html)).toEqual({ scripts: ['/js/vendors.js', '/js/app.js'], styles: ['/css/app.css'] });
  });
});
