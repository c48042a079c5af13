import type { Corp, Install, PlainMail, Provider, Suite } from '../state/types';
import { getProvider } from '../state/find';
import type { World } from '../world';
import type { XmlFields } from './xml';

/** One message for an app, and what is to follow from its delivery. */
export type CallbackMail = PlainMail & {
  /** Attempts in all; WeCom's own is three. */
  readonly attempts?: number;
  readonly onDelivered?: () => void;
  readonly onFailed?: () => void;
};

/** What is left of it when it is kept: nothing waits for its delivery any more. */
export function plainOf({
  attempts: _attempts,
  onDelivered: _done,
  onFailed: _failed,
  ...mail
}: CallbackMail): PlainMail {
  return mail;
}

/** Command callback: to the suite, in the suite's name. `fields` come after SuiteId. */
export function commandMail(suite: Suite, corpId: string | null, infoType: string, fields: XmlFields): CallbackMail {
  return {
    channel: 'command',
    type: infoType,
    corpId,
    suiteId: suite.suiteId,
    url: suite.commandUrl,
    token: suite.callbackToken,
    aesKey: suite.callbackAesKey,
    receiveId: suite.suiteId,
    agentId: '',
    fields: { SuiteId: suite.suiteId, ...fields },
  };
}

/** Data callback: to the app inside one corp, in the corp's name. */
export function dataMail(suite: Suite, corp: Corp, install: Install, event: string, fields: XmlFields): CallbackMail {
  return {
    channel: 'data',
    type: event,
    corpId: corp.corpId,
    suiteId: suite.suiteId,
    url: dataUrlOf(suite, corp.corpId),
    token: suite.callbackToken,
    aesKey: suite.callbackAesKey,
    receiveId: corp.corpId,
    agentId: String(install.agentId),
    fields: { ToUserName: corp.corpId, ...fields, AgentID: install.agentId },
  };
}

/** WeCom puts the corp's id where the data URL says `$CORPID$`. */
export const dataUrlOf = (suite: Suite, corpId: string): string =>
  suite.dataUrl.replaceAll('$CORPID$', encodeURIComponent(corpId));

/** System event: to the provider, for all its apps. */
export function systemMail(provider: Provider, corpId: string, infoType: string, fields: XmlFields): CallbackMail {
  return {
    channel: 'system',
    type: infoType,
    corpId,
    suiteId: null,
    url: provider.systemUrl,
    token: provider.callbackToken,
    aesKey: provider.callbackAesKey,
    receiveId: provider.corpId,
    agentId: '',
    fields: { ServiceCorpId: provider.corpId, ...fields },
  };
}

/** Sends a system event to the provider that an order, code or switch belongs to. */
export function sendSystem(
  world: World,
  providerId: string,
  corpId: string,
  infoType: string,
  fields: XmlFields,
): void {
  world.send(systemMail(getProvider(world, providerId), corpId, infoType, fields));
}
