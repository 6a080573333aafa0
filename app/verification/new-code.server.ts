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
