import type { PlainMail, State } from '../state/types';
import { dataUrlOf } from './mail';

/** Points callbacks that have not arrived yet at where the apps answer now: a kept state may be of other ports. */
export function readdressMail(state: State): void {
  for (const kept of [...state.held, ...state.mailUnderWay]) {
    kept.mail = { ...kept.mail, url: urlOf(state, kept.mail) ?? kept.mail.url };
  }
}

function urlOf(state: State, { channel, corpId, receiveId, suiteId }: PlainMail): string | undefined {
  if (channel === 'system') return state.providers.find((provider) => provider.corpId === receiveId)?.systemUrl;
  const suite = state.suites.find((one) => one.suiteId === suiteId);
  return channel === 'command' ? suite?.commandUrl : suite && dataUrlOf(suite, corpId ?? '');
}
