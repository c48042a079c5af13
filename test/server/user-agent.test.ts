import fc from 'fast-check';
import { readClient } from '../../server/http/user-agent';

const IOS =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)  Mobile/15E148 wxwork/4.1.30 MicroMessenger/7.0.1 Language/zh ColorScheme/Light wwmver/3.26.13.714';
const ANDROID =
  'Mozilla/5.0 (Linux; Android 15; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/130.0.6723.86 Mobile Safari/537.36 wxwork/4.1.36 MicroMessenger/7.0.1 NetType/4G Language/zh Lang/zh ColorScheme/Dark wwmver/3.26.36.632';
const WINDOWS =
  'Mozilla/5.0 (Windows NT 10.0; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/107.0.5304.110 Safari/537.36 Language/zh wxwork/4.1.10 (MicroMessenger/6.2) WindowsWechat';
const WECHAT =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 MicroMessenger/8.0.50 Language/en';
const CHROME = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36';

describe('readClient', () => {
  test.each([
    ['WeCom on iOS', IOS, { kind: 'wecom', version: '4.1.30', desktop: false, lang: 'zh-CN', scheme: 'light' }],
    ['WeCom on Android', ANDROID, { kind: 'wecom', version: '4.1.36', desktop: false, lang: 'zh-CN', scheme: 'dark' }],
    ['WeCom on Windows', WINDOWS, { kind: 'wecom', version: '4.1.10', desktop: true, lang: 'zh-CN', scheme: 'auto' }],
    ['plain WeChat', WECHAT, { kind: 'wechat', version: null, desktop: false, lang: 'en', scheme: 'auto' }],
    ['a desktop browser', CHROME, { kind: 'browser', version: null, desktop: true, lang: 'zh-CN', scheme: 'auto' }],
    ['nothing at all', '', { kind: 'browser', version: null, desktop: true, lang: 'zh-CN', scheme: 'auto' }],
  ])('%s is recognised', (_name, userAgent, expected) => {
    expect(readClient(userAgent)).toEqual(expected);
  });

  test('the client’s Language wins over the browser’s, which wins over Chinese', () => {
    expect(readClient(IOS, 'en-GB,en;q=0.9').lang).toBe('zh-CN');
    expect(readClient(IOS.replace('Language/zh', 'Language/zh_TW')).lang).toBe('zh-CN');
    expect(readClient(CHROME, 'en-GB,en;q=0.9').lang).toBe('en');
    expect(readClient(CHROME, 'zh-TW,zh;q=0.9').lang).toBe('zh-CN');
    expect(readClient(CHROME, '*').lang).toBe('zh-CN');
  });

  test('any header gives an answer', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (ua, lang) => readClient(ua, lang).kind.length > 0));
  });
});
