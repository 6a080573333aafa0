import { useTranslation } from 'react-i18next';
import { Card } from '#app/ui/card.tsx';
import { type Fact, Facts } from '#app/ui/facts.tsx';
import { formatDate } from '#app/ui/format-when.ts';
import { languageOf } from '#app/ui/language.ts';
import { TypedLine } from '#app/ui/typed-line.tsx';
import { DateOn, When } from '#app/ui/when.tsx';
import { inLanguage } from './localized.ts';
import type { ExchangeRecord } from './record-queries.ts';

/** The plain facts of an application; after acceptance also what the host has set. */
export function ExchangeFacts({
  page,
  staying,
}: {
  page: ExchangeRecord & { name: string };
  /** The stay has cards of its own, which follow its amendments. */
  staying: boolean;
}) {
  const { t, i18n } = useTranslation('exchanges');
  const language = languageOf(i18n);
  const { record, call, home, host } = page;
  const agreed: Fact[] =
    !staying && record.state === 'accepted' && record.stayFrom && record.stayUntil
      ? [
          { term: t('record.agreedStay'), value: <DateOn on={record.stayFrom} to={record.stayUntil} /> },
          {
            term: t('record.hostSupervisor'),
            value: record.hostSupervisor && <TypedLine text={record.hostSupervisor} />,
          },
          {
            term: t('record.laboratory'),
            value: record.laboratory && <TypedLine text={record.laboratory} />,
          },
        ]
      : [];
  const wish =
    record.weeks && record.wishedStart
      ? t('stay', {
          length: t('weeks', { count: record.weeks }),
          start: formatDate(record.wishedStart, language),
        })
      : '—';
  return (
    <Card title={t('record.facts')} id="facts">
      <Facts
        facts={[
          ...agreed,
          { term: t('record.applicant'), value: page.name },
          {
            term: t('record.call'),
            value: <a href={`/calls/${call.reference}`}>{inLanguage(call.title, language)}</a>,
          },
          { term: t('record.home'), value: home ? inLanguage(home.name, language) : '—' },
          { term: t('record.host'), value: host ? inLanguage(host.name, language) : '—' },
          { term: t('record.wish'), value: wish },
          ...(record.rank === null ? [] : [{ term: t('record.rank'), value: record.rank }]),
          {
            term: t('record.homeSupervisor'),
            value: record.homeSupervisor ? <TypedLine text={record.homeSupervisor} /> : '—',
          },
          ...(record.submittedAt
            ? [{ term: t('record.submittedAt'), value: <When at={record.submittedAt} /> }]
            : []),
        ]}
      />
    </Card>
  );
}
