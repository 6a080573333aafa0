import i18next, { type i18n, type Resource, type ResourceKey, type TFunction } from 'i18next';
import { initReactI18next } from 'react-i18next/initReactI18next';
import { LOCALES, type Locale } from '#db/schema/shared.ts';
import type { Namespace } from './i18n.ts';

const files = import.meta.glob<ResourceKey>('../../locales/*/*.json', { eager: true, import: 'default' });

/** `locales/ru/people.json` stands in the language `ru` under the namespace `people`. */
function resources(): Resource {
  const found: Resource = {};
  for (const [path, words] of Object.entries(files)) {
    const [, locale, namespace] = /locales\/(\w+)\/([\w-]+)\.json$/.exec(path) ?? [];
    if (!locale || !namespace) continue;
    found[locale] ??= {};
    found[locale][namespace] = words;
  }
  return found;
}

/** One instance per language, made once: making one costs more than rendering a page. */
function instances(): Record<Locale, i18n> {
  const all = resources();
  const make = (locale: Locale) => {
    const instance = i18next.createInstance();
    instance.use(initReactI18next).init({
      initAsync: false,
      lng: locale,
      fallbackLng: false,
      ns: Object.keys(all[locale] ?? {}),
      defaultNS: 'common',
      resources: all,
      // React escapes on its own, mail does so in its own components.
      interpolation: { escapeValue: false },
      returnNull: false,
    });
    return instance;
  };
  return Object.fromEntries(LOCALES.map((locale) => [locale, make(locale)])) as Record<Locale, i18n>;
}

const byLocale = instances();

/** The words of one language, for rendering. */
export function i18nFor(locale: Locale): i18n {
  return byLocale[locale];
}

/** The words of one language, for loaders, jobs and papers. Keys are `namespace:key`. */
export function tFor(locale: Locale): TFunction<Namespace[]> {
  return byLocale[locale].t as TFunction<Namespace[]>;
}
