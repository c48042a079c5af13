import { answer, answerAlsoUnder, CORP, endpoint, OK, type Endpoint } from './endpoint';
import { anyText, either, integer, integerFrom, listOf, object, text, oneOfValues } from './json-schema';
import { sendBody, templateCard } from './message-shapes';

const REACHED_NOBODY = 81013;
const NOTICE = {
  card_type: 'text_notice',
  main_title: { title: '名额将到期' },
  card_action: { type: 1, url: 'https://gate.example/licence' },
};

/** messaging-and-jssdk.md, section 1. */
export const MESSAGE_ENDPOINTS: readonly Endpoint[] = [
  endpoint({
    name: 'message/send',
    purpose: 'sends the app’s message',
    token: CORP,
    request: sendBody,
    response: answerAlsoUnder(
      [REACHED_NOBODY],
      {},
      {
        invaliduser: anyText,
        invalidparty: anyText,
        invalidtag: anyText,
        unlicenseduser: anyText,
        msgid: text,
        response_code: text,
      },
    ),
    errcodes: [40003, 40007, 40056, 40058, 41006, 48002, 48006, 50003, 301002, REACHED_NOBODY],
    pages: [90372, 90236],
    confidence: ['Z', 'S', 'T'],
    limits: [
      '1000 userids, 100 departments, 100 tags',
      'userids come back in lower case, joined by |',
      'account cap × 200 recipient-sends a day; 30 a minute and 1000 an hour per member, the rest silently dropped',
      'with auto-activation on it may use up codes (Scene 2)',
      'a media_id is of the same type, of this corp, and three days old at most: 40007 (C)',
    ],
    asks: [
      { touser: 'woA|woB', agentid: 1_000_002, msgtype: 'template_card', template_card: NOTICE },
      {
        touser: 'woA',
        agentid: 1_000_002,
        msgtype: 'textcard',
        textcard: { title: '标题', description: '正文', url: 'https://gate.example/' },
        enable_duplicate_check: 1,
        duplicate_check_interval: 1800,
      },
      { touser: 'woA', agentid: 1_000_002, msgtype: 'file', file: { media_id: '1G6nrLmr5EC3MMb_-zK1dDdzmd0p7c' } },
      { touser: 'woA', agentid: 1_000_002, msgtype: 'image', image: { media_id: '1G6nrLmr5EC3MMb_-zK1dDdzmd0p7c' } },
    ],
    answers: [
      { what: 'reached all', body: { ...OK, msgid: 'msg' } },
      {
        what: 'empty lists',
        body: { ...OK, invaliduser: '', unlicenseduser: '', msgid: 'msg', response_code: 'resp' },
      },
      { what: 'errcode 0 though some are unlicensed', body: { ...OK, unlicenseduser: 'woa|wob', msgid: 'msg' } },
      { what: 'nobody left', body: { errcode: REACHED_NOBODY, errmsg: 'all invalid', unlicenseduser: 'woa' } },
    ],
  }),
  endpoint({
    name: 'message/update_template_card',
    purpose: 'changes a sent interactive card once',
    token: CORP,
    request: {
      ...object(
        { agentid: integerFrom(0), response_code: text },
        {
          userids: listOf(text, 1000),
          partyids: listOf(integer, 100),
          tagids: listOf(integer, 100),
          atall: oneOfValues(0, 1),
          button: object({ replace_name: text }),
          template_card: templateCard,
        },
      ),
      ...either({ required: ['button'] }, { required: ['template_card'] }),
    },
    response: answer({}, { invaliduser: listOf(text), invalidparty: listOf(integer), invalidtag: listOf(integer) }),
    errcodes: [40056, 40058],
    pages: [],
    confidence: ['Z', 'T', '?'],
    limits: ['response_code: once; 72 hours by newer text, 24 by the 2023 page'],
    asks: [{ userids: ['woA'], agentid: 1_000_002, response_code: 'resp', button: { replace_name: '已处理' } }],
    answers: [
      { what: 'usual', body: OK },
      { what: 'somebody missed', body: { ...OK, invaliduser: ['woa'] } },
    ],
  }),
  endpoint({
    name: 'message/recall',
    purpose: 'takes a message back',
    token: CORP,
    request: object({ msgid: text }),
    response: answer(),
    errcodes: [40058],
    pages: [],
    confidence: ['Z'],
    limits: ['within 24 hours'],
    asks: [{ msgid: 'msg' }],
    answers: [{ what: 'usual', body: OK }],
  }),
];
