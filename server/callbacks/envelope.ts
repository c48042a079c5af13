import { AppError } from '../errors';

/** WeCom's three receiving addresses. */
export const CHANNELS = ['command', 'data', 'system'] as const;
export type Channel = (typeof CHANNELS)[number];

/** What routing and storing need to know of a callback before it is answered. */
export type Envelope = {
  /** InfoType, or for the data address Event, or MsgType of a plain message. */
  readonly type: string;
  readonly corpId: string | null;
  readonly suiteId: string | null;
  readonly serviceCorpId: string | null;
  /** A message or event of one corp (`MsgType`), as against a notice about the suite or a licence (`InfoType`). */
  readonly isData: boolean;
  readonly atMs: number;
};

/**
 * Sorts a callback by the elements under its root. The command and data address may be one and the same path, so
 * `InfoType` against `MsgType` decides, never the address. Throws `callback.malformed` when it names neither.
 */
export function readEnvelope(fields: ReadonlyMap<string, string>): Envelope {
  const infoType = fields.get('InfoType');
  const type = infoType ?? fields.get('Event') ?? fields.get('MsgType');
  if (!type) throw new AppError('callback.malformed', { logDetail: 'neither InfoType nor MsgType' });
  const isData = infoType === undefined;
  return {
    type,
    isData,
    corpId: nameOf(fields, isData ? ['ToUserName'] : ['AuthCorpId', 'PaidCorpId', 'CorpId']),
    suiteId: fields.get('SuiteId') ?? null,
    serviceCorpId: fields.get('ServiceCorpId') ?? null,
    atMs: Number(fields.get(isData ? 'CreateTime' : 'TimeStamp') ?? 0) * 1000 || 0,
  };
}

/** Notices of orders of the app call the corp `PaidCorpId`, those of its sharing (share_agent_change) `CorpId`. */
function nameOf(fields: ReadonlyMap<string, string>, names: readonly string[]): string | null {
  return names.map((name) => fields.get(name)).find((value) => value) ?? null;
}

/** What of the configuration says who we are to WeCom. */
export type Recipient = { readonly suiteIds: readonly string[]; readonly providerCorpId: string };

/** Licence notices carry ServiceCorpId and reach the system or the command address, depending on whom one asks. */
const LICENCE_NOTICE = /^(auto_activate|license_\w+)$/;

/** Where WeCom seals for the provider as such, and the provider is an individual, who has no corp (90968). */
const INDIVIDUAL = '';

/**
 * Whether `receiveId` (inside the ciphertext, so vouched for by WeCom) is right for this POST: the suite on the command
 * address (97172), the provider on the system address, the addressed corp for data. Licence notices may carry either of
 * the first two. What the plaintext itself says of suite and provider has to agree. An empty one is the provider's own
 * and good for the system address only: suites and customers have ids, and a notice for them that names nobody is not theirs.
 */
export function isForUs(us: Recipient, channel: Channel, receiveId: string, envelope: Envelope): boolean {
  if (envelope.suiteId !== null && !us.suiteIds.includes(envelope.suiteId)) return false;
  if (envelope.serviceCorpId !== null && envelope.serviceCorpId !== us.providerCorpId) return false;
  const toSuite = us.suiteIds.includes(receiveId);
  const toProvider = receiveId === us.providerCorpId || (channel === 'system' && receiveId === INDIVIDUAL);
  const toCorp = receiveId === envelope.corpId;
  if (envelope.isData) return channel !== 'system' && toCorp;
  if (LICENCE_NOTICE.test(envelope.type)) return toSuite || toProvider;
  if (channel === 'system') return toProvider;
  return toSuite || (channel === 'data' && toCorp);
}

/**
 * Saving an address in the console: WeCom seals its question for the provider, an individual's empty id included, on every
 * address; the suite is accepted as well. The answer tells nobody anything but what they sealed with our own key.
 */
export function isQuestionForUs(us: Recipient, receiveId: string): boolean {
  return receiveId === us.providerCorpId || receiveId === INDIVIDUAL || us.suiteIds.includes(receiveId);
}
