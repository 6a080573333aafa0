import { useTranslation } from 'react-i18next';
import { Card } from '#app/ui/card.tsx';
import { Facts } from '#app/ui/facts.tsx';
import { DateOn } from '#app/ui/when.tsx';
import type { TravelFile } from './routes/person.tsx';

/** Where a traveller sleeps, and with whom. */
export function TripStay({ file }: { file: Pick<TravelFile, 'stay' | 'hotel' | 'mates'> }) {
  const { t } = useTranslation('delegations');
  const { stay, hotel, mates } = file;
  return (
    <Card title={t('file.hotel')}>
      <Facts
        facts={[
          { term: t('file.hotel'), value: hotel || '—' },
          { term: t('file.nights'), value: stay ? <DateOn on={stay.from} to={stay.to} /> : '—' },
          { term: t('file.room'), value: stay ? t(`roomKind.${stay.kind}`) : '—' },
          { term: t('file.sharing'), value: mates.length > 0 ? mates.join(', ') : t('file.alone') },
        ]}
      />
    </Card>
  );
}
