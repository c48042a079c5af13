import { z } from 'zod';
import { shape, text, type EventShape, type Said } from './shape';

const HEAD = 'ToUserName FromUserName CreateTime MsgType Event';

/** Of a member: who it was has to be said. */
const ofMember = (more = '', said: Said = {}) =>
  shape('data', `${HEAD}${more} AgentID`, { FromUserName: text.min(1), ...said });
/** Of the app in the corp: FromUserName is `sys`. */
const ofApp = () => shape('data', `${HEAD} AgentID`);

/** `Opiton` is WeCom's own spelling. */
const selected = z.strictObject({
  QuestionKey: text,
  OpitonIds: z.strictObject({ OpitonId: z.array(text).min(1) }),
});

/** What comes to an app's data address (callbacks.md section 6), by Event; change_contact by itself. */
export const DATA_EVENTS: Readonly<Record<string, EventShape>> = {
  unlicensed_notify: ofMember(),
  enter_agent: ofMember(' EventKey', { EventKey: text.default('') }),
  subscribe: ofMember(),
  unsubscribe: ofMember(),
  template_card_event: ofMember(' EventKey TaskId CardType ResponseCode SelectedItems', {
    EventKey: text,
    TaskId: text,
    CardType: text,
    ResponseCode: text.optional(),
    SelectedItems: z.strictObject({ SelectedItem: z.array(selected).min(1) }).optional(),
  }),
  change_app_admin: ofApp(),
  close_inactive_agent: ofApp(),
  reopen_inactive_agent: ofApp(),
};
