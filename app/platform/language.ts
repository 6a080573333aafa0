import { LOCALES, type Locale } from '#db/schema/shared.ts';

export const isLocale = (value: unknown): value is Locale => LOCALES.includes(value as Locale);

/**
 * The language of a request (DESIGN §5): `?lng=` first, then the cookie it set, then the profile, then
 * what the browser asks for. A code that is neither language counts as absent.
 */
export function chooseLanguage(asked: {
  query: string | null;
  cookie: string | null;
  profile: Locale | null;
  acceptLanguage: string | null;
}): Locale {
  if (isLocale(asked.query)) return asked.query;
  if (isLocale(asked.cookie)) return asked.cookie;
  return asked.profile ?? preferred(asked.acceptLanguage) ?? 'en';
}

/** The first of our languages in `Accept-Language`, by quality (RFC 9110 §12.5.4). */
function preferred(header: string | null): Locale | null {
  const wishes = (header ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...options] = part.trim().split(';');
      const quality = options.map((option) => /^\s*q=([\d.]+)\s*$/.exec(option)?.[1]).find(Boolean);
      return {
        language: tag.toLowerCase().split('-')[0],
        quality: quality === undefined ? 1 : Number(quality),
      };
    })
    .filter(({ language, quality }) => isLocale(language) && quality > 0)
    .sort((a, b) => b.quality - a.quality);
  return (wishes[0]?.language as Locale | undefined) ?? null;
}
