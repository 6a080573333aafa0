/**
 * Text that people wrote, as one line. A calendar file gives a line break in its name a meaning of its own: what stood
 * after it would be a property.
 */
export function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}
