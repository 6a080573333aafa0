import { useTranslation } from 'react-i18next';
import type { SeatPool } from '#db/schema/training.ts';

/** How many seats are free, for whom. */
export function FreeSeats({ free }: { free: Record<SeatPool, number> }) {
  const { t } = useTranslation('training');
  if (free.in + free.ru + free.surplus === 0) return <>{t('seats.none')}</>;
  return <>{t('seats.free', free)}</>;
}
