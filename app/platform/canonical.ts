import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/**
 * The one text of a JSON value: keys sorted, no spaces, numbers as ECMAScript writes them (RFC 8785).
 *
 * @throws Error where the value has no JSON text: `undefined`, NaN, infinity, a lone surrogate, a circle.
 */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('A value without a JSON text cannot be signed');
  return text;
}

/** SHA-256 over the canonical JSON of `value`, as 64 hexadecimal digits. */
export function contentHash(value: unknown): string {
  return sha256(canonicalJson(value));
}

/** SHA-256 over a text in UTF-8, as 64 hexadecimal digits. */
export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
