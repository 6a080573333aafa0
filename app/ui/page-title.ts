/**
 * What the browser's tab and history show: the page, then the portal. Pages use it in `meta`.
 *
 * @param parts from the particular to the general, in the reader's language; what is absent is left out
 */
export function pageTitle(...parts: (string | undefined)[]): { title: string } {
  return { title: [...parts, 'Setu–Most'].filter(Boolean).join(' · ') };
}
