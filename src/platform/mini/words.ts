import { getSystemInfoSync } from '@tarojs/taro';
import type { GateState } from '../../gate/gate-state';

type Text = { readonly title: string; readonly sentence: string };

/** What the mini-program says by itself, where no server is there to say it. Titles of verdicts are those of domain/words. */
type MiniWords = {
  readonly stale: { readonly title: string; readonly sentence: (age: string) => string };
  readonly unavailable: Text;
  readonly login: Readonly<Record<'refused' | 'tooOften', Text>>;
  readonly age: (minutes: number) => string;
  readonly recheck: string;
  readonly offline: string;
  readonly slow: string;
  readonly linkCopied: string;
  readonly updateReady: Text;
};

const ZH_CN: MiniWords = {
  stale: { title: '暂时无法核对许可', sentence: (age) => `正在使用 ${age}前的结果，应用可继续使用` },
  unavailable: { title: '暂时无法确认使用资格', sentence: '没有连上服务器，请检查网络后重试' },
  login: {
    refused: { title: '没有登录成功', sentence: '企业微信没有给出登录凭证，请稍后重试，或更新企业微信' },
    tooOften: { title: '没有登录成功', sentence: '一分钟内已登录多次，请稍后再试' },
  },
  age: (minutes) => (minutes < 60 ? `${Math.max(1, minutes)} 分钟` : `${Math.floor(minutes / 60)} 小时`),
  recheck: '重试',
  offline: '网络已断开，恢复后会自动继续',
  slow: '网络较慢，请稍候',
  linkCopied: '链接已复制，请在浏览器中打开',
  updateReady: { title: '有新版本', sentence: '重新打开后即可使用' },
};

const EN: MiniWords = {
  stale: {
    title: 'Licences cannot be checked right now',
    sentence: (age) => `Using the result from ${age} ago; the app keeps working`,
  },
  unavailable: {
    title: 'Your access cannot be confirmed right now',
    sentence: 'The server could not be reached. Check your network and try again',
  },
  login: {
    refused: { title: 'Login did not work', sentence: 'WeCom gave no login code. Try again later, or update WeCom' },
    tooOften: { title: 'Login did not work', sentence: 'There were several logins in a minute. Try again later' },
  },
  age: (minutes) => (minutes < 60 ? `${Math.max(1, minutes)} min` : `${Math.floor(minutes / 60)} h`),
  recheck: 'Try again',
  offline: 'You are offline; this goes on by itself',
  slow: 'The network is slow, one moment',
  linkCopied: 'Link copied; open it in a browser',
  updateReady: { title: 'A new version is here', sentence: 'It works after reopening' },
};

/** The client's language, until the server has said the person's. */
export function clientLanguage(): GateState['lang'] {
  return /^zh/i.test(getSystemInfoSync().language || 'zh') ? 'zh-CN' : 'en';
}

/** The mini-program's own words in the person's language. */
export function miniWordsOf(lang: GateState['lang']): MiniWords {
  return lang === 'en' ? EN : ZH_CN;
}
