/**
 * What somebody typed, as it is kept: a browser's line ends made plain, letters in one form (NFC), no blanks around it.
 */
export const plainText = (typed: string): string => typed.replaceAll('\r\n', '\n').normalize('NFC').trim();

/** Characters as a reader counts them, not UTF-16 units; the database counts the same way. */
export const lengthOf = (text: string): number => [...text].length;
