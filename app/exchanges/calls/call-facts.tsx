import { useTranslation } from 'react-i18next';
import { Card } from '#app/ui/card.tsx';
import { Facts } from '#app/ui/facts.tsx';
import { languageOf } from '#app/ui/language.ts';
import { DateOn } from '#app/ui/when.tsx';
import type { Rubric } from '#db/schema/exchanges.ts';
import type { LocalizedText } from '#db/schema/shared.ts';
import { capitalised, fallbackOf, inLanguage } from '../localized.ts';
import type { Call } from '../scope.ts';

/** A text of a call in the reader's language, in paragraphs; a fallback is marked. */
function CallText({ text }: { text: LocalizedText }) {
  const { t, i18n } = useTranslation('exchanges');
  const language = languageOf(i18n);
  const fallback = fallbackOf(text, language);
  return (
    <div className="prose" lang={fallback ?? undefined}>
      {fallback && <p className="note">{t(`call.fallback.${fallback}`)}</p>}
      {inLanguage(text, language)
        .split(/\n{2,}/)
        .map((part) => (
          <p key={part}>{part}</p>
        ))}
    </div>
  );
}

type Shown = Pick<
  Call,
  | 'direction'
  | 'eligible'
  | 'weeksMin'
  | 'weeksMax'
  | 'stayFrom'
  | 'stayUntil'
  | 'placesToIn'
  | 'placesToRu'
  | 'areas'
  | 'summary'
  | 'conditions'
  | 'costs'
  | 'documents'
  | 'rubric'
  | 'reviewersPerApplication'
  | 'blindReview'
>;

/** What a call says in numbers and dates: for me? how long? how many? */
export function CallFacts({ call }: { call: Shown }) {
  const { t } = useTranslation('exchanges');
  const places = [
    { term: t('call.placesToRu'), value: call.placesToRu },
    { term: t('call.placesToIn'), value: call.placesToIn },
  ].filter(({ value }) => value > 0);
  const who = call.eligible.map((kind) => t(`eligible.${kind}`)).join(', ');
  return (
    <Card title={t('call.facts')} id="facts">
      <Facts
        facts={[
          { term: t('call.direction'), value: t(`direction.${call.direction}`) },
          { term: t('call.who'), value: capitalised(who) },
          { term: t('call.stay'), value: t('weeksRange', { min: call.weeksMin, count: call.weeksMax }) },
          { term: t('call.window'), value: <DateOn on={call.stayFrom} to={call.stayUntil} /> },
          ...places,
        ]}
      />
    </Card>
  );
}

/** The texts of a call in the reader's language, in the order an applicant asks. */
export function CallTexts({ call }: { call: Shown }) {
  const { t, i18n } = useTranslation('exchanges');
  const language = languageOf(i18n);
  return (
    <>
      <Card title={t('call.summary')} id="summary">
        <CallText text={call.summary} />
      </Card>
      <Card title={t('call.areas')} id="areas">
        <ul className="list-disc pl-5">
          {call.areas.map((area) => (
            <li key={area.en}>{inLanguage(area, language)}</li>
          ))}
        </ul>
      </Card>
      <Card title={t('call.conditions')} id="conditions">
        <CallText text={call.conditions} />
      </Card>
      <Card title={t('call.costs')} id="costs">
        <Facts
          facts={(['in', 'ru'] as const).map((side) => ({
            term: t(`call.costsOf.${side}`),
            value: inLanguage(call.costs[side], language),
          }))}
        />
      </Card>
    </>
  );
}

/** What is asked of an applicant, and how it is assessed. */
export function CallDemands({ call }: { call: Shown }) {
  const { t, i18n } = useTranslation('exchanges');
  const language = languageOf(i18n);
  return (
    <>
      {call.documents.length > 0 && (
        <Card title={t('call.documents')} id="documents">
          <ul className="list-disc pl-5">
            {call.documents.map((document) => (
              <li key={document.code}>
                {inLanguage(document.title, language)}{' '}
                <span className="note">({t(document.required ? 'call.required' : 'call.optional')})</span>
              </li>
            ))}
          </ul>
          <p className="note mt-2">{t('call.documentsNote')}</p>
        </Card>
      )}
      {call.rubric && <CallRubric rubric={call.rubric} call={call} />}
    </>
  );
}

/** The criteria with their weights, what each grade stands for, and who reads an application. */
function CallRubric({ rubric, call }: { rubric: Rubric; call: Shown }) {
  const { t, i18n } = useTranslation('exchanges');
  const language = languageOf(i18n);
  const { reviewersPerApplication: reviewers, blindReview } = call;
  return (
    <Card title={t('call.rubric')} id="rubric">
      {reviewers > 0 && (
        <p>
          {t('call.reviewers', { count: reviewers })} {t(blindReview ? 'call.blind' : 'call.open')}
        </p>
      )}
      <Facts
        facts={rubric.criteria.map((criterion) => ({
          term: inLanguage(criterion.title, language),
          value: t('call.weight', { weight: criterion.weight }),
        }))}
      />
      {rubric.grades.length > 0 && (
        <>
          <h3 className="mt-5">{t('call.grades')}</h3>
          <Facts
            facts={rubric.grades.map(({ value, text }) => ({
              term: String(value),
              value: inLanguage(text, language),
            }))}
          />
        </>
      )}
    </Card>
  );
}
