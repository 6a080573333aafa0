import { useTranslation } from 'react-i18next';
import { MASK } from '#app/travel/trip-papers.ts';
import { Card } from '#app/ui/card.tsx';
import { Facts } from '#app/ui/facts.tsx';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import type { TravelFile } from './routes/person.tsx';

/** What an invitation asks for besides the passport; the residence is masked as the passport is. */
export function TripVisaData({
  file,
  shown,
}: {
  file: Pick<TravelFile, 'visaData' | 'may' | 'mayReveal' | 'away' | 'papers' | 'reference' | 'id'>;
  shown?: string | null | undefined;
}) {
  const { t } = useTranslation('delegations');
  const { visaData, may, reference, id } = file;
  const residence = !visaData.residence ? (
    '—'
  ) : shown ? (
    shown
  ) : (
    <>
      <span aria-hidden="true">{MASK}</span>
      <span className="sr-only">{t('file.masked')}</span>
    </>
  );
  // Where a passport is kept, one look shows both.
  const apart = visaData.residence && !shown && (!file.papers || file.papers.erasedOn);
  return (
    <Card
      title={t('visaData.card')}
      aside={may.keep && <a href={`/delegations/${reference}/people/${id}/visa`}>{t('visaData.change')}</a>}
    >
      <Facts
        facts={[
          { term: t('papers.column.residence'), value: residence },
          { term: t('papers.column.consulate'), value: visaData.consulateCity || '—' },
          { term: t('papers.column.employerAddress'), value: visaData.employerAddress || '—' },
        ]}
      />
      {apart && file.mayReveal && !file.away && (
        <PortalForm hidden={{ intent: 'reveal' }}>
          <SubmitButton kind="quiet">{t('visaData.reveal')}</SubmitButton>
        </PortalForm>
      )}
    </Card>
  );
}
