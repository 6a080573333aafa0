import { useTranslation } from 'react-i18next';
import { Card } from '#app/ui/card.tsx';
import { Facts } from '#app/ui/facts.tsx';
import { DateOn } from '#app/ui/when.tsx';
import type { TravelFile } from './routes/person.tsx';

/** Where a traveller sleeps, on which nights, and with whom. */
export function TripStay({
  file,
}: {
  file: Pick<TravelFile, 'stays' | 'hotel' | 'mates' | 'may' | 'reference' | 'id'>;
}) {
  const { t } = useTranslation('delegations');
  const { stays, hotel, mates, may } = file;
  const beds = `/delegations/${file.reference}/people/${file.id}/beds`;
  return (
    <Card
      title={t('file.hotel')}
      aside={may.arrange && <a href={`${beds}/new`}>{stays.length > 0 ? t('bed.another') : t('bed.give')}</a>}
    >
      <Facts
        facts={[
          { term: t('file.hotel'), value: hotel || '—' },
          ...(stays.length === 0 ? [{ term: t('file.nights'), value: '—' }] : []),
          ...stays.map((stay) => ({
            term: t('file.nights'),
            value: (
              <>
                <DateOn on={stay.from} to={stay.to} />
                <div className="note">
                  {t(`roomKind.${stay.kind}`)}
                  {may.arrange && (
                    <>
                      {' · '}
                      <a href={`${beds}/${stay.id}`}>{t('bed.change')}</a>
                    </>
                  )}
                </div>
              </>
            ),
          })),
          { term: t('file.sharing'), value: mates.length > 0 ? mates.join(', ') : t('file.alone') },
        ]}
      />
    </Card>
  );
}
