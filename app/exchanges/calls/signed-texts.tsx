import { useTranslation } from 'react-i18next';
import { Facts } from '#app/ui/facts.tsx';
import { TwoTexts } from '#app/ui/two-texts.tsx';
import { When } from '#app/ui/when.tsx';
import type { LocalizedText } from '#db/schema/shared.ts';
import type { CallContent } from './call-schema.ts';

/** Every text of a call in both languages, with its dates: what a signature is over is what is shown. */
export function SignedTexts({ content }: { content: CallContent }) {
  const { t } = useTranslation('exchanges');
  const { documents, rubric, extension, cancellation } = content;
  const texts: [string, LocalizedText | null | undefined][] = [
    [t('draft.cancellation'), cancellation],
    [t('draft.extension'), extension],
    [t('draft.title'), content.title],
    [t('draft.summary'), content.summary],
    [t('draft.areas'), listed(content.areas)],
    [t('draft.conditions'), content.conditions],
    [t('draft.costsIn'), content.costs.in],
    [t('draft.costsRu'), content.costs.ru],
    [t('draft.documents'), documents.length > 0 ? listed(documents.map(({ title }) => title)) : null],
    [
      t('draft.rubric'),
      rubric && listed(rubric.criteria.map(({ title, weight }) => withWeight(title, weight))),
    ],
    [t('draft.grades'), rubric && listed(rubric.grades.map(({ value, text }) => graded(value, text)))],
  ];
  return (
    <>
      {texts.map(
        ([heading, text]) =>
          text && (
            <section key={heading} className="mb-5">
              <h3>{heading}</h3>
              <TwoTexts
                en={<p className="whitespace-pre-line">{text.en}</p>}
                ru={<p className="whitespace-pre-line">{text.ru}</p>}
              />
            </section>
          ),
      )}
      <Facts
        facts={(['opensAt', 'deadline', 'nominateBy', 'answerBy'] as const).map((name) => ({
          term: t(`draft.${name}`),
          value: <When at={content[name]} />,
        }))}
      />
    </>
  );
}

const listed = (texts: LocalizedText[]): LocalizedText => ({
  en: texts.map((text) => text.en).join('\n'),
  ru: texts.map((text) => text.ru).join('\n'),
});
const withWeight = ({ en, ru }: LocalizedText, weight: number) => ({
  en: `${en}: ${weight}\u00a0%`,
  ru: `${ru}: ${weight}\u00a0%`,
});
const graded = (value: number, { en, ru }: LocalizedText) => ({
  en: `${value}: ${en}`,
  ru: `${value}: ${ru}`,
});
