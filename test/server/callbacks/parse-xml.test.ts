import fc from 'fast-check';
import { parseXml, readFlatXml } from '../../../server/callbacks/parse-xml';

const malformed = expect.objectContaining({ code: 'callback.malformed' }) as unknown as Error;

const AUTO_ACTIVATE = `<xml>
  <InfoType><![CDATA[auto_activate]]></InfoType>
  <TimeStamp>1767225600</TimeStamp>
  <AccountList><ActiveCode><![CDATA[L1]]></ActiveCode><UserId><![CDATA[wo1]]></UserId></AccountList>
  <AccountList><ActiveCode><![CDATA[L2]]></ActiveCode><UserId><![CDATA[wo2]]></UserId></AccountList>
</xml>`;

test('the flat reader gives the elements under the root and none below them', () => {
  expect(Object.fromEntries(readFlatXml(AUTO_ACTIVATE))).toEqual({
    InfoType: 'auto_activate',
    TimeStamp: '1767225600',
  });
});

test('blanks around CDATA, empty and self-closing elements, and entities are read', () => {
  const xml =
    '<?xml version="1.0"?>\n<xml><SuiteTicket> <![CDATA[t k]]></SuiteTicket><A></A><B/><C>1 &lt;&amp; 2</C></xml>\n';
  expect(Object.fromEntries(readFlatXml(xml))).toEqual({ SuiteTicket: 't k', A: '', B: '', C: '1 <& 2' });
});

test('markup inside CDATA is text, so a chat message cannot pose as an event', () => {
  const xml =
    '<xml><Content><![CDATA[</Content><InfoType>suite_ticket</InfoType>]]></Content><MsgType>text</MsgType></xml>';
  expect([...readFlatXml(xml).keys()]).toEqual(['Content', 'MsgType']);
});

test.each([
  ['a DTD', '<!DOCTYPE xml [<!ENTITY a "b">]><xml><A>&a;</A></xml>'],
  ['a DTD after the prolog', '<?xml version="1.0"?><!DOCTYPE xml SYSTEM "http://127.0.0.1/x"><xml><A>1</A></xml>'],
  ['an entity declaration', '<xml><!ENTITY a "b"><A>1</A></xml>'],
  ['an attribute', '<xml><A b="c">1</A></xml>'],
  ['a missing end', '<xml><A>1</A>'],
  ['crossed elements', '<xml><A><B></A></B></xml>'],
  ['open CDATA', '<xml><A><![CDATA[1</A></xml>'],
  ['another root', '<html><A>1</A></html>'],
  ['two roots', '<xml><A>1</A></xml><xml><A>2</A></xml>'],
  ['nothing inside', '<xml></xml>'],
  ['no XML', 'hello'],
  ['nothing', ''],
  ['absurd depth', `<xml>${'<A>'.repeat(40)}${'</A>'.repeat(40)}</xml>`],
])('%s is refused by both readers', (_, xml) => {
  expect(() => readFlatXml(xml)).toThrow(malformed);
  expect(() => parseXml(xml)).toThrow(malformed);
});

test('repeated AccountList is a list, one alone as well', () => {
  expect(parseXml(AUTO_ACTIVATE)['AccountList']).toEqual([
    { ActiveCode: 'L1', UserId: 'wo1' },
    { ActiveCode: 'L2', UserId: 'wo2' },
  ]);
  const one = '<xml><AccountList><ActiveCode>L1</ActiveCode></AccountList></xml>';
  expect(parseXml(one)['AccountList']).toEqual([{ ActiveCode: 'L1' }]);
});

test('numbers stay text: an id with leading zeros or a long one loses nothing', () => {
  expect(parseXml('<xml><OrderId>00123456789012345678901</OrderId></xml>')).toEqual({
    OrderId: '00123456789012345678901',
  });
});

test('both readers agree on every flat document', () => {
  const name = fc.stringMatching(/^[A-Z][a-z]{2,8}$/);
  const value = fc.stringMatching(/^[\w<>&;! -]{0,20}$/).map((text) => text.trim());
  fc.assert(
    fc.property(fc.dictionary(name, value, { minKeys: 1, noNullPrototype: true }), (fields) => {
      const body = Object.entries(fields).map(([key, text]) => `<${key}><![CDATA[${text}]]></${key}>`);
      const xml = `<xml>${body.join('\n')}</xml>`;
      expect(Object.fromEntries(readFlatXml(xml))).toEqual(fields);
      expect(parseXml(xml)).toEqual(fields);
    }),
  );
});

test('any text at all is read or refused, never anything else', () => {
  const piece = fc.constantFrom(
    '<xml>',
    '</xml>',
    '<A>',
    '</A>',
    '<![CDATA[',
    ']]>',
    'x',
    '&amp;',
    '<!--',
    '<?',
    '>',
    ' ',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      try {
        readFlatXml(pieces.join(''));
      } catch (error) {
        expect(error).toEqual(malformed);
      }
    }),
  );
});
