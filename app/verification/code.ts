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
