import { useTranslation } from 'react-i18next';
import { languageOf } from '#app/ui/language.ts';
import { TwoTexts } from '#app/ui/two-texts.tsx';
import type { LocalizedText } from '#db/schema/shared.ts';
import { inLanguage } from './in-language.ts';

/** One line in the reader's language, or a link of it; in the other one, and marked so, where that is missing. */
export function ShownLine({ text, href }: { text: LocalizedText; href?: string }) {
  const { t, i18n } = useTranslation('supervision');
  const shown = inLanguage(text, languageOf(i18n));
  const lang = shown.other ? shown.lang : undefined;
  const line = href ? (
    <a href={href} lang={lang}>
      {shown.text}
    </a>
  ) : (
    <span lang={lang}>{shown.text}</span>
  );
  if (!shown.other) return line;
  return (
    <>
      {line} <span className="note">{`(${t(`otherLanguage.${shown.lang}`)})`}</span>
    </>
  );
}

/** A text people wrote, with the line ends they typed. */
function Typed({ text, lang }: { text: string; lang?: 'en' | 'ru' }) {
  return (
    <div className="prose whitespace-pre-line wrap-anywhere" lang={lang}>
      {text}
    </div>
  );
}

/** A text of which one language is enough: both side by side, or the one there is. */
export function EitherText({ text }: { text: LocalizedText }) {
  const { t } = useTranslation('supervision');
  if (text.en && text.ru) return <TwoTexts en={<Typed text={text.en} />} ru={<Typed text={text.ru} />} />;
  if (!text.en && !text.ru) return <p className="note">{t('notGiven')}</p>;
  return <Typed text={text.en || text.ru} lang={text.en ? 'en' : 'ru'} />;
}
