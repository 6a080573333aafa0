import { useTranslation } from 'react-i18next';
import { MASK, type TripPapers } from '#app/travel/trip-papers.ts';
import { Card } from '#app/ui/card.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { Facts } from '#app/ui/facts.tsx';
import { Flash } from '#app/ui/flash.tsx';
import { formatDate } from '#app/ui/format-when.ts';
import { languageOf } from '#app/ui/language.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { DateOn } from '#app/ui/when.tsx';
import type { TravelFile } from './routes/person.tsx';

/** Passport and birth: masked, shown on demand with a record of the look, gone after the event. */
export function TripPapersCard({
  file,
  shown,
}: {
  file: Pick<TravelFile, 'papers' | 'mayReveal' | 'away' | 'may' | 'reference' | 'id'>;
  shown?: TripPapers;
}) {
  const { t, i18n } = useTranslation(['delegations', 'travel']);
  const { papers, mayReveal, away } = file;
  const type = file.may.keep && (
    <a href={`/delegations/${file.reference}/people/${file.id}/passport`}>
      {papers ? t('passport.replace') : t('passport.type')}
    </a>
  );
  if (!papers) {
    return (
      <Card title={t('file.passport')} aside={type}>
        <EmptyState title={t('file.noPapers')}>{t('file.noPapersHint')}</EmptyState>
      </Card>
    );
  }
  if (papers.erasedOn) {
    return (
      <Card title={t('file.passport')}>
        <p>{t('file.erased', { date: formatDate(papers.erasedOn, languageOf(i18n)) })}</p>
      </Card>
    );
  }
  const masked = (
    <>
      <span aria-hidden="true">{MASK}</span>
      <span className="sr-only">{t('file.masked')}</span>
    </>
  );
  const value = (text: string | null | undefined) => (shown ? text || '—' : masked);
  const on = (date: string | null | undefined) => (shown ? date ? <DateOn on={date} /> : '—' : masked);
  return (
    <Card title={t('file.passport')} note={shown ? undefined : t('file.masked')} aside={type}>
      {away && <Flash tone="risk" title={t('travel:away.title')} />}
      <Facts
        facts={[
          { term: t('file.number'), value: value(shown?.number) },
          { term: t('file.issued'), value: on(shown?.issued) },
          { term: t('file.validUntil'), value: papers.validUntil ? <DateOn on={papers.validUntil} /> : '—' },
          { term: t('file.birth'), value: on(shown?.birthDate) },
          { term: t('file.birthPlace'), value: value(shown?.birthPlace) },
          { term: t('file.eraseOn'), value: <DateOn on={papers.eraseOn} /> },
        ]}
      />
      {shown ? (
        <p className="note">{t('file.shownNote')}</p>
      ) : (
        mayReveal &&
        !away && (
          <>
            <p className="note">{t('file.maskedNote')}</p>
            <PortalForm hidden={{ intent: 'reveal' }}>
              <SubmitButton kind="quiet">{t('file.reveal')}</SubmitButton>
            </PortalForm>
          </>
        )
      )}
    </Card>
  );
}
