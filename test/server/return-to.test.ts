import fc from 'fast-check';
import { HOME_PATH, safeReturnTo } from '../../server/http/login/return-to';

describe('safeReturnTo', () => {
  test.each([
    '/records',
    '/record?id=abc&from=qr',
    '/record?id=%E7%82%B9%E6%A3%80',
    '/admin',
    '/records?q=a%2Fb',
    '/loginhelp',
    '/records?next=https://elsewhere.example/',
    '/c/wpCorp/record?id=1',
  ])('keeps our own page %s as it is', (path) => {
    expect(safeReturnTo(path)).toBe(path);
  });

  test.each([
    ['protocol-relative', '//evil.example'],
    ['backslash', '/\\evil.example'],
    ['backslash in the middle', '/x\\..\\/evil.example'],
    ['absolute', 'https://evil.example/records'],
    ['script', 'javascript:alert(1)'],
    ['no slash', 'records'],
    ['empty', ''],
    ['tab that browsers drop', '/\t/evil.example'],
    ['line feed that browsers drop', '/\n/evil.example'],
    ['leading space', ' //evil.example'],
    ['header splitting', '/records\r\nSet-Cookie: a=b'],
    ['NUL', '/records\u0000'],
    ['encoded slashes', '/%2f%2fevil.example'],
    ['doubly encoded slashes', '/%252f/evil.example'],
    ['encoded backslash', '/%5cevil.example'],
    ['encoded line feed', '/records%0d%0aX: y'],
    ['dots that collapse to two slashes', '/a/..//evil.example'],
    ['encoded dots', '/a/%2e%2e//evil.example'],
    ['broken percent sign', '/%zz'],
    ['login itself', '/login?return_to=/login'],
    ['login callback', '/login/callback?code=a&state=b'],
    ['encoded login', '/%6cogin'],
    ['login through dots', '/records/../login'],
    ['login in capitals', '/LOGIN'],
    ['an API', '/api/verdict'],
    ['a form action', '/gate/actions/recheck'],
    ['an installation', '/install'],
    ['over 2 KB', `/records?q=${'a'.repeat(2048)}`],
    ['over 2 KB in bytes', `/records?q=${'点'.repeat(700)}`],
  ])('sends %s home', (_name, hostile) => {
    expect(safeReturnTo(hostile)).toBe(HOME_PATH);
  });

  test('anything that is not one string goes home', () => {
    expect([undefined, null, 7, ['/records', '//evil'], {}].map(safeReturnTo)).toEqual(Array(5).fill(HOME_PATH));
  });

  test('the root is the home page and keeps its query', () => {
    expect(safeReturnTo('/?from=card')).toBe(`${HOME_PATH}?from=card`);
  });

  test('one-time login parameters and fragments do not come back', () => {
    expect(safeReturnTo('/record?id=1&code=abc&state=def&auth_code=x#wechat_redirect')).toBe('/record?id=1');
    expect(safeReturnTo('/record?code=abc')).toBe('/record');
  });

  test('whatever is asked, a browser stays on our origin', () => {
    const own = 'https://app.example';
    const hostile = fc.stringMatching(/^[/\\.%25cfe2@:a\t]{0,24}$/);
    fc.assert(
      fc.property(fc.oneof(hostile, fc.string()), (raw) => {
        const target = safeReturnTo(raw);
        expect(target.startsWith('/')).toBe(true);
        expect(new URL(target, own).origin).toBe(own);
      }),
      { numRuns: 2000 },
    );
  });
});
