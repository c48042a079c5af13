import { decrypt as libraryDecrypt, encrypt as libraryEncrypt, getSignature } from '@wecom/crypto';
import { decrypt, encrypt, keyOf, sign } from '../../sandbox/callbacks/cipher';
import { writeXml } from '../../sandbox/callbacks/xml';

const VECTOR = {
  token: 'demoToken01',
  aesKey: 'wecomDemoKeyForUnitTests0123456789abcdefghA',
  timestamp: '1767225600',
  nonce: '1372623149',
  random16: Buffer.from('0123456789abcdef'),
  receiveId: 'ww000000000000demo',
  message:
    '<xml><SuiteId><![CDATA[ww000000000000demo]]></SuiteId><InfoType><![CDATA[suite_ticket]]></InfoType><TimeStamp>1767225600</TimeStamp><SuiteTicket><![CDATA[tkt-demo-001]]></SuiteTicket></xml>',
  encrypted:
    'wfo3SGxHPQZDMDroXoFo2Zg0JbVQjbpzZGPakWSEd1+CeN4F6DviplVra7dxR3dOFFyoo1rzZH7tpL4IdevIMOaFsXhwTSUwzmIMWIgDfejNru8KgTA7aJnTD/1Y03LNJ8XX0mBnCJegdH/6CxBxHsrIyd9Yy0YaBXAZf2yqZBjULuH3gO4OPo+1vyQ3qKEZPg8H6NAcdSHC3jXJ+ldAgjxJXyGKjHdTp0SBHrcW1JIWGzWIb/ll6ALLx8e3n5jGbbQaP/wMabzpoqgqWnIxAiEK4T1uy6GHtjTs4wCqNNcLCD4BHCLj0repIND31L/e+L/Xlo6jDhtRQ3OnfTTTkw==',
  signature: '844200821394f19c2342535ff1e0bbc5dbf6b1f6',
};

test('the published vector is encrypted and signed to the byte', () => {
  const encrypted = encrypt(keyOf(VECTOR.aesKey), VECTOR.message, VECTOR.receiveId, VECTOR.random16);
  expect(encrypted).toBe(VECTOR.encrypted);
  expect(sign(VECTOR.token, VECTOR.timestamp, VECTOR.nonce, encrypted)).toBe(VECTOR.signature);
});

test('a suite_ticket is written as the vector has it', () => {
  const fields = { InfoType: 'suite_ticket', TimeStamp: 1767225600, SuiteTicket: 'tkt-demo-001' };
  expect(writeXml({ SuiteId: VECTOR.receiveId, ...fields })).toBe(VECTOR.message);
});

test("WeCom's own library and ours read each other for every length of padding", () => {
  const key = keyOf(VECTOR.aesKey);
  for (let length = 0; length <= 64; length += 1) {
    const message = '名'.repeat(length % 5) + 'x'.repeat(length);
    expect(libraryDecrypt(VECTOR.aesKey, encrypt(key, message, 'wpCorp'))).toMatchObject({ message, id: 'wpCorp' });
    const opened = decrypt(key, libraryEncrypt(VECTOR.aesKey, message, 'wpCorp'));
    expect(opened).toEqual({ message, receiveId: 'wpCorp' });
  }
});

test('signatures agree with the library whatever the order of the parts', () => {
  for (const [token, nonce] of [
    ['zzz', '111'],
    ['AAA', 'zzz'],
    ['1', 'a'],
  ] as const) {
    expect(sign(token, '1767225600', nonce, 'Enc+/=')).toBe(getSignature(token, '1767225600', nonce, 'Enc+/='));
  }
});

test('XML repeats lists at the root and leaves absent fields out', () => {
  const xml = writeXml({ A: undefined, B: null, AccountList: [{ Type: 1 }, { Type: 2 }], C: 'a]]>b' });
  expect(xml).toBe(
    '<xml><AccountList><Type>1</Type></AccountList><AccountList><Type>2</Type></AccountList><C><![CDATA[a]]]]><![CDATA[>b]]></C></xml>',
  );
});
