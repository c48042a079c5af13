import { THIRD_PARTY_SUITE } from '../../../sandbox/credentials';
import { envelopeXml, sealCallback } from '../../support/seal-callback';
import { memberAt, type Crowd, type CrowdMember } from './crowd';

/** What a crowd's WeCom tells: of ten callbacks six changes of a member, three visits, one member come into range. */
const MIX: readonly Kind[] = [
  'change',
  'visit',
  'change',
  'change',
  'range',
  'change',
  'visit',
  'change',
  'change',
  'visit',
];
type Kind = 'change' | 'visit' | 'range';

type Callback = { readonly path: string; readonly receiveId: string; readonly xml: string };

/**
 * Sealed callbacks about members of the crowd, no two alike. None makes its handler ask WeCom: what is measured is what
 * this server does by itself.
 */
export function sealCrowdCallbacks(crowd: Crowd, first: number, count: number): { path: string; body: string }[] {
  const { callbackAesKey: encodingAesKey, callbackToken: token } = THIRD_PARTY_SUITE;
  const nowMs = Date.now();
  return Array.from({ length: count }, (_, offset) => {
    const index = first + offset;
    const kind = MIX[index % MIX.length] ?? 'change';
    // The clock of the one who sends runs on: with the member it makes each callback another one.
    const seconds = Math.floor(nowMs / 1000) + Math.floor(index / (crowd.corps * crowd.members));
    const { path, receiveId, xml } = callbackOf(kind, memberAt(crowd, index), seconds);
    const sealed = sealCallback({ token, encodingAesKey }, xml, receiveId, nowMs);
    const query = `msg_signature=${sealed.signature}&timestamp=${sealed.timestamp}&nonce=${sealed.nonce}`;
    return { path: `${path}?${query}`, body: envelopeXml(sealed.encrypted, receiveId) };
  });
}

function callbackOf(kind: Kind, { corpId, userId }: CrowdMember, seconds: number): Callback {
  if (kind === 'change') {
    const { suiteId } = THIRD_PARTY_SUITE;
    const who = { SuiteId: suiteId, AuthCorpId: corpId, InfoType: 'change_contact', TimeStamp: seconds };
    const xml = toXml({ ...who, ChangeType: 'update_user', UserID: userId, Department: '1,2,3' });
    return { path: '/wecom/command', receiveId: suiteId, xml };
  }
  const event = kind === 'visit' ? 'enter_agent' : 'subscribe';
  const from = { ToUserName: corpId, FromUserName: userId, CreateTime: seconds };
  const xml = toXml({ ...from, MsgType: 'event', Event: event, EventKey: '', AgentID: 1_000_001 });
  return { path: '/wecom/data', receiveId: corpId, xml };
}

function toXml(fields: Readonly<Record<string, string | number>>): string {
  const elements = Object.entries(fields).map(([name, value]) =>
    typeof value === 'number' ? `<${name}>${value}</${name}>` : `<${name}><![CDATA[${value}]]></${name}>`,
  );
  return `<xml>${elements.join('')}</xml>`;
}
