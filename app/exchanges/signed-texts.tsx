import { useTranslation } from 'react-i18next';
import { Facts } from '#app/ui/facts.tsx';
import { TwoTexts } from '#app/ui/two-texts.tsx';
import { When } from '#app/ui/when.tsx';
import type { LocalizedText } from '#db/schema/shared.ts';
import type { CallContent } from './schemas.ts';

/** Every text of a call in both languages, with its dates: what a signature is over is what is shown. */
export function SignedTexts({ content }: { content: CallContent }) {
  const { t } = useTranslation('exchanges');
  const lines = (texts: LocalizedText[]) => ({
    en: texts.map((text) => text.en).join('\n'),
    ru: texts.map((text) => text.ru).join('\n'),
  });
  const texts: [string, LocalizedText][] = [
    [t('draft.title'), content.title],
    [t('draft.summary'), content.summary],
    [t('draft.areas'), lines(content.areas)],
    [t('draft.conditions'), content.conditions],
    [t('draft.costsIn'), content.costs.in],
    [t('draft.costsRu'), content.costs.ru],
  ];
  return (
    <>
      {texts.map(([heading, text]) => (
        <section key={heading} className="mb-5">
          <h3>{heading}</h3>
          <TwoTexts
            en={<p className="whitespace-pre-line">{text.en}</p>}
            ru={<p className="whitespace-pre-line">{text.ru}</p>}
          />
        </section>
      ))}
      <Facts
        facts={(['opensAt', 'deadline', 'nominateBy', 'answerBy'] as const).map((name) => ({
          term: t(`draft.${name}`),
          value: <When at={content[name]} />,
        }))}
      />
    </>
  );
}
