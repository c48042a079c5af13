import * as official from '@wecom/crypto';
import fc from 'fast-check';
import { decryptMessage, isSameSignature, signCallback } from '../../../server/callbacks/crypto';
import { buildSignature, encryptCallback } from '../../support/seal-callback';

/** The known-answer vector of the callback page's description. */
const VECTOR = {
  token: 'demoToken01',
  encodingAesKey: 'wecomDemoKeyForUnitTests0123456789abcdefghA',
  timestamp: '1767225600',
  nonce: '1372623149',
  random: '0123456789abcdef',
  receiveId: 'ww000000000000demo',
  message:
    '<xml><SuiteId><![CDATA[ww000000000000demo]]></SuiteId><InfoType><![CDATA[suite_ticket]]></InfoType><TimeStamp>1767225600</TimeStamp><SuiteTicket><![CDATA[tkt-demo-001]]></SuiteTicket></xml>',
  encrypted:
    'wfo3SGxHPQZDMDroXoFo2Zg0JbVQjbpzZGPakWSEd1+CeN4F6DviplVra7dxR3dOFFyoo1rzZH7tpL4IdevIMOaFsXhwTSUwzmIMWIgDfejNru8KgTA7aJnTD/1Y03LNJ8XX0mBnCJegdH/6CxBxHsrIyd9Yy0YaBXAZf2yqZBjULuH3gO4OPo+1vyQ3qKEZPg8H6NAcdSHC3jXJ+ldAgjxJXyGKjHdTp0SBHrcW1JIWGzWIb/ll6ALLx8e3n5jGbbQaP/wMabzpoqgqWnIxAiEK4T1uy6GHtjTs4wCqNNcLCD4BHCLj0repIND31L/e+L/Xlo6jDhtRQ3OnfTTTkw==',
  signature: '844200821394f19c2342535ff1e0bbc5dbf6b1f6',
};
const KEY = Buffer.from(`${VECTOR.encodingAesKey}=`, 'base64');
const malformed = expect.objectContaining({ code: 'callback.malformed' }) as unknown as Error;

test('the known vector is signed and opened to the byte', () => {
  expect(signCallback(VECTOR.token, VECTOR.timestamp, VECTOR.nonce, VECTOR.encrypted)).toBe(VECTOR.signature);
  expect(decryptMessage(KEY, VECTOR.encrypted)).toEqual({ message: VECTOR.message, receiveId: VECTOR.receiveId });
});

test('the sealing used in these tests makes the known vector', () => {
  const { encodingAesKey, message, receiveId, random } = VECTOR;
  expect(encryptCallback(encodingAesKey, message, receiveId, Buffer.from(random))).toBe(VECTOR.encrypted);
});

test('any message of any length comes back as it was, whichever side sealed it', () => {
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ maxLength: 200 }));
  fc.assert(
    fc.property(text, fc.string({ maxLength: 40 }), (message, receiveId) => {
      const ours = encryptCallback(VECTOR.encodingAesKey, message, receiveId);
      expect(decryptMessage(KEY, ours)).toEqual({ message, receiveId });
      expect(official.decrypt(VECTOR.encodingAesKey, ours)).toMatchObject({ message, id: receiveId });
      const theirs = official.encrypt(VECTOR.encodingAesKey, message, receiveId);
      expect(decryptMessage(KEY, theirs)).toEqual({ message, receiveId });
    }),
  );
});

test('every pad length from 1 to 32 is stripped', () => {
  for (let length = 0; length < 64; length += 1) {
    const message = 'x'.repeat(length);
    expect(decryptMessage(KEY, encryptCallback(VECTOR.encodingAesKey, message, 'id')).message).toBe(message);
  }
});

test('signatures agree with the official library for any strings', () => {
  const part = fc.string({ unit: 'grapheme-ascii', maxLength: 40 });
  fc.assert(
    fc.property(part, part, part, part, (token, timestamp, nonce, encrypted) => {
      const signature = signCallback(token, timestamp, nonce, encrypted);
      expect(signature).toBe(official.getSignature(token, timestamp, nonce, encrypted));
      expect(signature).toBe(buildSignature(token, timestamp, nonce, encrypted));
    }),
  );
});

test('parts are sorted by bytes, not by UTF-16 units', () => {
  expect(signCallback('\u{10000}', '\uFFFF', 'n', 'e')).toBe(buildSignature('\u{10000}', '\uFFFF', 'n', 'e'));
});

test('only the same signature is the same', () => {
  const { signature } = VECTOR;
  expect(isSameSignature(signature, signature)).toBe(true);
  for (const other of ['', signature.slice(1), `${signature}0`, signature.toUpperCase(), signature.replace('8', '9')]) {
    expect(isSameSignature(signature, other)).toBe(false);
  }
});

test('anything that is no ciphertext of ours is refused as malformed', () => {
  const sealed = Buffer.from(VECTOR.encrypted, 'base64');
  const broken = [
    '',
    'not base64 at all!',
    sealed.subarray(0, -1).toString('base64'),
    sealed.subarray(0, 16).toString('base64'),
    sealed.subarray(0, -32).toString('base64'),
    Buffer.alloc(64).toString('base64'),
  ];
  for (const encrypted of broken) expect(() => decryptMessage(KEY, encrypted)).toThrow(malformed);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 256 }), (bytes) => {
      try {
        decryptMessage(KEY, Buffer.from(bytes).toString('base64'));
      } catch (error) {
        expect(error).toEqual(malformed);
      }
    }),
  );
});
