import { randomBytes } from 'node:crypto';
import { createSealer } from '../../server/crypto/seal';

const [first, second] = [randomBytes(32), randomBytes(32)];
const sealer = createSealer([first]);

test.each(['permanent-code', '', '永久授权码 🔑', 'x'.repeat(50_000)])('what is sealed opens again: %.20s', (plain) => {
  const sealed = sealer.seal(plain, 'wpcorp');
  expect(sealer.open(sealed, 'wpcorp')).toBe(plain);
  if (plain) expect(sealed).not.toContain(plain);
});

test('the same text seals differently each time', () => {
  expect(sealer.seal('code', 'wpcorp')).not.toBe(sealer.seal('code', 'wpcorp'));
});

test('sealed text does not open in the place of another', () => {
  expect(() => sealer.open(sealer.seal('code', 'wpcorp'), 'wpother')).toThrow('belongs elsewhere');
});

test('one changed character anywhere is noticed', () => {
  const sealed = sealer.seal('code', 'wpcorp');
  for (let at = 0; at < sealed.length; at++) {
    const changed = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1);
    // The last character of base64 has bits that mean nothing.
    if (at < sealed.length - 1) expect(() => sealer.open(changed, 'wpcorp')).toThrow();
  }
  for (const nonsense of ['', 'v1', 'v1..', 'plain text']) expect(() => sealer.open(nonsense, 'wpcorp')).toThrow();
});

test('a tag that was cut short does not open', () => {
  const [version, id, body = ''] = sealer.seal('', 'wpcorp').split('.');
  const short = Buffer.from(body, 'base64url')
    .subarray(0, 12 + 4)
    .toString('base64url');
  expect(() => sealer.open(`${version}.${id}.${short}`, 'wpcorp')).toThrow();
});

test('after a rotation the new key seals, the old one still opens; once removed it no longer does', () => {
  const old = sealer.seal('code', 'wpcorp');
  const rotated = createSealer([second, first]);
  expect(rotated.open(old, 'wpcorp')).toBe('code');
  const fresh = rotated.seal('code', 'wpcorp');
  expect(createSealer([second]).open(fresh, 'wpcorp')).toBe('code');
  expect(() => createSealer([second]).open(old, 'wpcorp')).toThrow('a key we do not have');
});

test('a sealer without keys is refused', () => {
  expect(() => createSealer([])).toThrow();
});
