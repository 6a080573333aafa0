import { randomBytes } from 'node:crypto';

/** Crockford's alphabet: no letter that is taken for a digit, so that a code can be read off paper. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 26;

/** A new code of 128 random bits: nobody gets from one to another, and nobody guesses one. */
export function newCode(): string {
  let bits = BigInt(`0x${randomBytes(16).toString('hex')}`);
  let code = '';
  for (let i = 0; i < LENGTH; i += 1) {
    code = ALPHABET[Number(bits & 31n)] + code;
    bits >>= 5n;
  }
  return code;
}

/**
 * The code somebody typed off a certificate: small letters, gaps, O for 0, I and L for 1 are understood.
 *
 * @returns null for what cannot be a code
 */
export function readCode(typed: string): string | null {
  const code = typed
    .toUpperCase()
    .replace(/[\s–-]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  return /^[0-9A-HJKMNP-TV-Z]{26}$/.test(code) ? code : null;
}

/** The code as it is printed: groups that the eye can follow. */
export const shownCode = (code: string) => code.match(/.{1,5}/g)?.join('-') ?? code;
