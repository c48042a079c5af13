import { z } from 'zod';
import { integer, shape, text, type EventShape } from './shape';

const accountType = z.union([z.literal(1), z.literal(2)]);
const oneToThree = z.union([z.literal(1), z.literal(2), z.literal(3)]);

const account = z.strictObject({
  ActiveCode: text,
  Type: accountType,
  ExpireTime: integer,
  UserId: text,
  PreviousStatus: oneToThree,
  PreviousActiveCode: text.optional(),
});

/** What comes to a provider's system address (callbacks.md section 5), by InfoType. */
export const SYSTEM_EVENTS: Readonly<Record<string, EventShape>> = {
  license_pay_success: shape('system', 'ServiceCorpId InfoType AuthCorpId OrderId BuyerUserId TimeStamp', {
    OrderId: text,
    BuyerUserId: text,
  }),
  license_refund: shape('system', 'ServiceCorpId InfoType AuthCorpId OrderId OrderStatus TimeStamp', {
    OrderId: text,
    OrderStatus: z.union([z.literal(1), z.literal(2)]),
  }),
  // one AccountList per account, with no wrapper
  auto_activate: shape('system', 'ServiceCorpId InfoType AuthCorpId Scene TimeStamp AccountList', {
    Scene: oneToThree,
    AccountList: z.array(account).min(1),
  }),
  register_corp: shape(
    'system',
    'ServiceCorpId InfoType TimeStamp RegisterCode AuthCorpId ContactSync AuthUserInfo State TemplateId',
    {
      RegisterCode: text,
      ContactSync: z.strictObject({ AccessToken: text, ExpiresIn: integer }).optional(),
      AuthUserInfo: z.strictObject({ UserId: text }),
      State: text.optional(),
      TemplateId: text,
    },
  ),
};
