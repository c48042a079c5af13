import { z } from 'zod';
import { integer, shape, text, type EventShape } from './shape';

const ORDER_ID = { OrderId: z.string().max(32) };
const OF_AN_APP_ORDER = 'SuiteId PaidCorpId InfoType TimeStamp';
const SPECIAL = 'SuiteId AuthCorpId InfoType TimeStamp AuthType';
/** A new app has no AppId: it is of the old suites with several apps. */
const SHARED = 'SuiteId AppId InfoType TimeStamp CorpId AgentId';

/** What comes to a suite's command address (callbacks.md section 5), by InfoType; change_contact by itself. */
export const COMMAND_EVENTS: Readonly<Record<string, EventShape>> = {
  suite_ticket: shape('command', 'SuiteId InfoType TimeStamp SuiteTicket', { SuiteTicket: text }),
  create_auth: shape('command', 'SuiteId AuthCode InfoType TimeStamp State', {
    AuthCode: text,
    State: text.optional(),
  }),
  change_auth: shape('command', 'SuiteId InfoType TimeStamp AuthCorpId'),
  cancel_auth: shape('command', 'SuiteId InfoType TimeStamp AuthCorpId'),
  reset_permanent_code: shape('command', 'SuiteId AuthCode InfoType TimeStamp', { AuthCode: text }),
  corp_arch_auth: shape('command', 'SuiteId AuthCorpId InfoType TimeStamp'),
  approve_special_auth: shape('command', SPECIAL, { AuthType: text }),
  cancel_special_auth: shape('command', SPECIAL, { AuthType: text }),
  share_agent_change: shape('command', SHARED, { AppId: integer.optional() }),
  share_chain_change: shape('command', SHARED, { AppId: integer.optional() }),
  open_order: shape('command', `${OF_AN_APP_ORDER} OrderId OperatorId`, { ...ORDER_ID, OperatorId: text }),
  change_order: shape('command', `${OF_AN_APP_ORDER} OldOrderId NewOrderId`, { OldOrderId: text, NewOrderId: text }),
  pay_for_app_success: shape('command', `${OF_AN_APP_ORDER} OrderId`, ORDER_ID),
  refund: shape('command', `${OF_AN_APP_ORDER} OrderId`, ORDER_ID),
  cancel_order: shape('command', `${OF_AN_APP_ORDER} OrderId`, ORDER_ID),
  // WeCom's own spelling
  change_editon: shape('command', OF_AN_APP_ORDER),
};
