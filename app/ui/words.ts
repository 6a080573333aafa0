import type { i18n, TFunction } from 'i18next';
import { useContext } from 'react';
import { getI18n, I18nContext } from 'react-i18next';
import { type Language, languageOf } from './language.ts';
import type { Side } from './side.ts';

interface Words {
  t: TFunction<'common'>;
  language: Language;
  /** The cities, which stand in every row of a list. */
  city: Record<Side, string>;
}

/** One instance per language, so its words are found once and not in every cell of a table. */
const known = new WeakMap<i18n, Words>();

/**
 * The kit's own words and the reader's language. The library's `useTranslation` also listens for a change of language;
 * a page that never hydrates has none, and a table of a hundred rows renders several times faster without it.
 */
export function useWords(): Words {
  const { i18n } = useContext(I18nContext) ?? { i18n: getI18n() };
  let words = known.get(i18n);
  if (!words) {
    const t = i18n.getFixedT(i18n.language, 'common');
    words = { t, language: languageOf(i18n), city: { in: t('side.in'), ru: t('side.ru') } };
    known.set(i18n, words);
  }
  return words;
}
