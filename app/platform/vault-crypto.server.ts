import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/** A key of a vault; its name stands in every record it encrypted. */
export type VaultKey = { name: string; key: Buffer };

/** What a ciphertext belongs to. Moved to another person, field or record it does not open. */
export type VaultPlace = { personId: string; field: string; recordId: string };

export type Sealed = { keyName: string; nonce: Buffer; ciphertext: Buffer };

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Reads the keys of a vault: `base64`, or several as `name:base64,name:base64`. The first encrypts, all decrypt, so a
 * key is changed by putting the new one in front. A key without a name is called by its fingerprint.
 *
 * @throws Error with one clear line when a key is not 32 bytes, or a name comes twice.
 */
export function parseVaultKeys(text: string): VaultKey[] {
  const keys = text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map(parseKey);
  if (keys.length === 0) throw new Error('must name at least one key');
  if (new Set(keys.map((key) => key.name)).size < keys.length) throw new Error('must not name a key twice');
  return keys;
}

function parseKey(entry: string): VaultKey {
  const colon = entry.indexOf(':');
  const key = Buffer.from(entry.slice(colon + 1), 'base64');
  if (key.length !== 32) throw new Error('must be 32 bytes in base64 (openssl rand -base64 32)');
  const fingerprint = createHash('sha256')
    .update('setu-most vault key')
    .update(key)
    .digest('hex')
    .slice(0, 12);
  return { name: colon > 0 ? entry.slice(0, colon) : fingerprint, key };
}

/** Encrypts with the first key: AES-256-GCM, a random nonce, bound to its place; the tag follows the text. */
export function sealValue(keys: VaultKey[], place: VaultPlace, value: string): Sealed {
  const [current] = keys;
  if (!current) throw new Error('The vault has no key');
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', current.key, nonce).setAAD(boundTo(place));
  const ciphertext = Buffer.concat([cipher.update(value, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return { keyName: current.name, nonce, ciphertext };
}

/**
 * Decrypts what `sealValue` made for the same place.
 *
 * @throws Error when its key is not configured, or when ciphertext, place or key are not those of the sealing.
 */
export function openValue(keys: VaultKey[], place: VaultPlace, sealed: Sealed): string {
  const found = keys.find((key) => key.name === sealed.keyName);
  if (!found) throw new Error(`The vault's key "${sealed.keyName}" is not configured`);
  const tag = sealed.ciphertext.subarray(-TAG_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', found.key, sealed.nonce, { authTagLength: TAG_BYTES })
    .setAAD(boundTo(place))
    .setAuthTag(tag);
  const text = decipher.update(sealed.ciphertext.subarray(0, -TAG_BYTES));
  return Buffer.concat([text, decipher.final()]).toString('utf8');
}

function boundTo(place: VaultPlace): Buffer {
  return Buffer.from(`${place.personId}|${place.field}|${place.recordId}`);
}
