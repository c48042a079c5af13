import { z } from 'zod';
import { DAY_MS, HOUR_MS } from '../clock';
import { DONE, parseBody, type Call, type Wire } from '../http/wire';
import { WireError } from '../http/wire-error';
import { requireMedia } from '../media/shelf';
import { MEDIA_TYPES } from '../state/media-types';
import type { Message } from '../state/types';
import { requireCorpToken } from '../tokens/check';
import type { World } from '../world';
import { CONTENTS } from './contents';
import { joinedLists, sendMessage } from './send';

const MOST_USERS = 1000;
const MOST_PARTIES = 100;
/** duplicate_check_interval: 1800 when left out, four hours at most. */
const MOST_ONCE_SECONDS = (4 * HOUR_MS) / 1000;
const CARD_CHANGE_MS = 72 * HOUR_MS;
const RECALL_MS = DAY_MS;

const piped = z
  .string()
  .default('')
  .transform((text) => text.split('|').filter((part) => part !== ''));
const flag = z.union([z.literal(0), z.literal(1)]).default(0);
const Send = z.looseObject({
  touser: piped,
  toparty: piped,
  totag: piped,
  msgtype: z.string(),
  agentid: z.coerce.number().int(),
  safe: z.union([z.literal(0), z.literal(1), z.literal(2)]).default(0),
  enable_id_trans: flag,
  enable_duplicate_check: flag,
  duplicate_check_interval: z.number().int().min(1).max(MOST_ONCE_SECONDS).default(1800),
});
const Update = z.looseObject({
  agentid: z.coerce.number().int(),
  response_code: z.string().min(1),
  button: z.object({ replace_name: z.string().min(1) }).optional(),
  template_card: z.record(z.string(), z.unknown()).optional(),
});
const Recall = z.object({ msgid: z.string() });

/** App messages (messaging-and-jssdk.md section 1), with the corp's own token. */
export function mountMessages(wire: Wire, world: World): void {
  wire.post('/cgi-bin/message/send', (call) => send(world, call));

  // a card may be changed once, for 72 hours
  wire.post('/cgi-bin/message/update_template_card', (call) => {
    const app = requireCorpToken(world, call);
    const request = parseBody(Update, call);
    if (request.agentid !== app.install.agentId) throw new WireError(40056);
    const found = ownMessage(world, app, (one) => one.responseCode === request.response_code);
    if (!found || world.clock.now() > found.atMs + CARD_CHANGE_MS) throw new WireError(40058, 'invalid response_code');
    if (request.template_card) found.content = request.template_card;
    else if (request.button) found.content = { ...found.content, replaced_button: request.button.replace_name };
    else throw new WireError(40058, 'button or template_card');
    found.responseCode = null;
    return DONE;
  });

  wire.post('/cgi-bin/message/recall', (call) => {
    const app = requireCorpToken(world, call);
    const { msgid } = parseBody(Recall, call);
    const found = ownMessage(world, app, (one) => one.msgId === msgid);
    if (!found || world.clock.now() > found.atMs + RECALL_MS) throw new WireError(40058, 'invalid msgid');
    found.recalled = true;
    return DONE;
  });
}

type App = ReturnType<typeof requireCorpToken>;

function ownMessage(world: World, { corp, suite }: App, wanted: (message: Message) => boolean): Message | undefined {
  return world.state.messages.find((one) => one.corpId === corp.corpId && one.suiteId === suite.suiteId && wanted(one));
}

function send(world: World, call: Call) {
  const app = requireCorpToken(world, call);
  const request = parseBody(Send, call);
  if (request.agentid !== app.install.agentId) throw new WireError(40056);
  const content = requireContent(request);
  const message = sendMessage(world, app.corp, app.suite, {
    msgType: request.msgtype,
    content,
    fileName: findFileName(world, app, request.msgtype, content),
    userIds: requireRecipients(app, request),
    onceWithinSeconds: request.enable_duplicate_check === 1 ? request.duplicate_check_interval : null,
  });
  return {
    ...joinedLists(message.invalidUserIds, message.unlicensedUserIds),
    msgid: message.msgId,
    ...(message.responseCode !== null && { response_code: message.responseCode }),
  };
}

/** The part named like the msgtype, checked against that type's rules. */
function requireContent(request: z.infer<typeof Send>): Record<string, unknown> {
  const schema = CONTENTS[request.msgtype];
  if (!schema) throw new WireError(40058, `msgtype ${request.msgtype}`);
  const content = request[request.msgtype];
  const parsed = schema.safeParse(content);
  const issue = parsed.error?.issues[0];
  if (issue) throw new WireError(40058, `invalid ${[request.msgtype, ...issue.path].join('.')}: ${issue.message}`);
  return content as Record<string, unknown>;
}

/** Of the file a message carries, which has to be the corp's, of that type and not expired; null: it carries none. */
function findFileName(world: World, { corp }: App, msgType: string, content: Record<string, unknown>): string | null {
  if (!(MEDIA_TYPES as readonly string[]).includes(msgType)) return null;
  return requireMedia(world, corp.corpId, msgType, content.media_id).fileName;
}

/** `@all` is everybody in range. There is one department (1) and no tag. */
function requireRecipients({ corp }: App, { touser, toparty, totag }: z.infer<typeof Send>): string[] {
  const inRange = () => corp.members.filter((one) => !one.left && one.inRange).map((one) => one.userId);
  if (touser.includes('@all')) return inRange();
  if (touser.length > MOST_USERS) throw new WireError(40058, 'touser: at most 1000');
  if (Math.max(toparty.length, totag.length) > MOST_PARTIES) throw new WireError(40058, 'toparty, totag: at most 100');
  if (touser.length + toparty.length + totag.length === 0) throw new WireError(40058, 'nobody to send to');
  return toparty.includes('1') ? [...touser, ...inRange()] : touser;
}
