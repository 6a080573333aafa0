import type { ReactNode } from 'react';
import type { Language } from './language.ts';
import { useWords } from './words.ts';

interface TwoTextsProps {
  en?: ReactNode;
  ru?: ReactNode;
  /** Where the missing text is added; without it the empty frame only says what is missing. */
  addHref?: { en?: string; ru?: string };
  /** Says who made a translation, under its text. */
  credit?: { en?: string; ru?: string };
}

/** One content in both languages, side by side; the missing one is an empty frame that asks for it. */
export function TwoTexts({ en, ru, addHref, credit }: TwoTextsProps) {
  return (
    <div className="two-texts">
      <OneText language="en" text={en} addHref={addHref?.en} credit={credit?.en} />
      <OneText language="ru" text={ru} addHref={addHref?.ru} credit={credit?.ru} />
    </div>
  );
}

function OneText({
  language,
  text,
  addHref,
  credit,
}: {
  language: Language;
  text?: ReactNode;
  addHref?: string;
  credit?: string;
}) {
  const { t } = useWords();
  const missing = text === undefined || text === null || text === '';
  return (
    <div className={missing ? 'one-text missing' : 'one-text'}>
      <p className="text-language" lang={language}>
        {t(`languageName.${language}`)}
      </p>
      {missing ? (
        <p>
          {t(`twoTexts.missing.${language}`)}
          {addHref && (
            <>
              {' '}
              <a href={addHref}>{t(`twoTexts.add.${language}`)}</a>
            </>
          )}
        </p>
      ) : (
        <div className="prose" lang={language}>
          {typeof text === 'string' ? text.split(/\n{2,}/).map((part) => <p key={part}>{part}</p>) : text}
        </div>
      )}
      {!missing && credit !== undefined && <p className="note">{credit}</p>}
    </div>
  );
}
