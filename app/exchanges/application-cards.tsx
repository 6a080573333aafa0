import { useTranslation } from 'react-i18next';
import { personName } from '#app/people/person-name.ts';
import { ButtonLink } from '#app/ui/button-link.tsx';
import { Card } from '#app/ui/card.tsx';
import { formatWhen } from '#app/ui/format-when.ts';
import { languageOf } from '#app/ui/language.ts';
import { TwoTexts } from '#app/ui/two-texts.tsx';
import { TypedLine } from '#app/ui/typed-line.tsx';
import type { ApplicationReading } from './application-reading.ts';
import type { Application } from './scope.ts';

type Page = { record: Application; reading: ApplicationReading };

/** The work plan, with its translation and whoever made it beside the text that was submitted. */
export function WorkPlanCard({ record, reading }: Page) {
  const { t, i18n } = useTranslation('exchanges');
  const language = languageOf(i18n);
  const { translation, mayTranslate } = reading;
  const text = {
    [record.workPlanLocale]: record.workPlan,
    ...(translation && { [translation.locale]: translation.workPlan }),
  };
  const href = `/exchanges/${record.reference}/translation`;
  const missing = record.workPlanLocale === 'en' ? 'ru' : 'en';
  return (
    <Card title={t('record.plan')} id="plan">
      {translation || mayTranslate ? (
        <TwoTexts
          en={text.en}
          ru={text.ru}
          {...(mayTranslate && !translation && { addHref: { [missing]: href } })}
          {...(translation && {
            credit: {
              [translation.locale]: t('translation.credit', {
                title: translation.title,
                name: translation.translatedBy ? personName(translation.translatedBy, language) : '—',
                when: formatWhen(translation.at, language),
              }),
            },
          })}
        />
      ) : (
        <div className="prose whitespace-pre-line" lang={record.workPlanLocale}>
          {record.workPlan}
        </div>
      )}
      {mayTranslate && translation && (
        <p>
          <a href={href}>{t('translation.change')}</a>
        </p>
      )}
    </Card>
  );
}

/** What the supervisor at home wrote. */
export function EndorsementCard({ record, reading }: Page) {
  const { t } = useTranslation('exchanges');
  const { endorsement, endorsedFrom } = reading;
  if (!endorsement) return null;
  return (
    <Card title={t('apply.step.endorsement')} id="endorsement">
      <p>
        <TypedLine text={record.homeSupervisor} />
      </p>
      {endorsedFrom && <p className="note">{t('endorsement.throughLink', { email: endorsedFrom })}</p>}
      <p className="prose whitespace-pre-line" lang={endorsement.locale ?? undefined}>
        {endorsement.words}
      </p>
    </Card>
  );
}

/** The application on paper, and what was submitted earlier. */
export function PapersActions({ record, reading }: Page) {
  const { t } = useTranslation('exchanges');
  const here = `/exchanges/${record.reference}`;
  return (
    <div className="actions">
      <ButtonLink href={`${here}/application.pdf`} kind="quiet">
        {t('record.pdf')}
      </ButtonLink>
      {reading.versions > 1 && (
        <ButtonLink href={`${here}/versions`} kind="quiet">
          {t('record.versions', { count: reading.versions })}
        </ButtonLink>
      )}
    </div>
  );
}
