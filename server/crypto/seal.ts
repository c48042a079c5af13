import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createSecretKey,
  randomBytes,
  type KeyObject,
} from 'node:crypto';
import { AppError } from '../errors';

/**
 * Encrypts what must not be readable in a copied database. `context` names what is sealed (a corp id, a token key): text
 * moved to another row does not open there.
 */
export type Sealer = {
  readonly seal: (plain: string, context: string) => string;
  /** Throws `internal` when the text was changed, belongs to another context, or its key is gone. */
  readonly open: (sealed: string, context: string) => string;
  /** How everything begins that the first key sealed. */
  readonly prefix: string;
};

type SealingKey = { readonly id: string; readonly key: KeyObject };

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** AES-256-GCM as `v1.<key id>.<base64url of iv, tag, ciphertext>`. The first key seals, every key opens. */
export function createSealer(keys: readonly Buffer[]): Sealer {
  const sealing = keys.map(describeKey);
  const [newest] = sealing;
  if (!newest) throw new Error('a sealer needs at least one key');
  const byId = new Map(sealing.map((one) => [one.id, one]));
  return {
    prefix: prefixOf(newest),
    seal: (plain, context) => sealWith(newest, plain, context),
    open: (sealed, context) => {
      const [version, id, body] = sealed.split('.');
      const found = version === 'v1' && id !== undefined ? byId.get(id) : undefined;
      if (!found || body === undefined)
        throw new AppError('internal', { logDetail: 'sealed with a key we do not have' });
      return openWith(found, Buffer.from(body, 'base64url'), context);
    },
  };
}

/** The id tells keys apart and gives nothing away: eight hex digits of the key's hash. */
function describeKey(key: Buffer): SealingKey {
  return { id: createHash('sha256').update('seal').update(key).digest('hex').slice(0, 8), key: createSecretKey(key) };
}

function prefixOf({ id }: SealingKey): string {
  return `v1.${id}.`;
}

function sealWith(sealing: SealingKey, plain: string, context: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', sealing.key, iv);
  cipher.setAAD(Buffer.from(context));
  const text = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return `${prefixOf(sealing)}${Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64url')}`;
}

function openWith({ key }: SealingKey, body: Buffer, context: string): string {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, body.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(context));
    decipher.setAuthTag(body.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    const text = body.subarray(IV_BYTES + TAG_BYTES);
    return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8');
  } catch (cause) {
    throw new AppError('internal', { logDetail: 'sealed text was changed or belongs elsewhere', cause });
  }
}
