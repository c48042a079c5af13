import { isOwnAddress, signUrl } from '../../server/http/jssdk/sign-url';

const TICKET = 'sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg';

describe('signUrl', () => {
  test('gives WeCom’s own example', () => {
    const signed = signUrl(TICKET, 'http://mp.weixin.qq.com?params=value', 'Wm3WZYTPz0wzccnW', 1414587457);
    expect(signed.signature).toBe('0f9de62fce790f9a083d5c99e95740ceb90c27ed');
  });

  test('the fragment is not signed, the query is', () => {
    const sign = (url: string) => signUrl(TICKET, url, 'n', 1).signature;
    expect(sign('http://a.example/r?id=1#top')).toBe(sign('http://a.example/r?id=1'));
    expect(sign('http://a.example/r?id=2')).not.toBe(sign('http://a.example/r?id=1'));
  });
});

describe('isOwnAddress', () => {
  const own = 'https://app.example';
  test.each(['https://app.example/', 'https://app.example/record?id=1#x', 'https://app.example:443/records'])(
    'takes %s',
    (url) => expect(isOwnAddress(url, own)).toBe(true),
  );
  test.each([
    'https://app.example.evil.example/',
    'http://app.example/',
    'https://app.example:8443/',
    'https://evil.example/?https://app.example/',
    '/records',
    '',
    'javascript:alert(1)',
  ])('refuses %s', (url) => expect(isOwnAddress(url, own)).toBe(false));
});
