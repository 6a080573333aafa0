import { useTranslation } from 'react-i18next';
import { Card } from '#app/ui/card.tsx';
import type { PlacementPage } from './placement-queries.ts';

/** What an exchange's page shows of its stay below the turn: readiness, duties, requests, notes, closing. */
export function PlacementCards({ page }: { page: PlacementPage }) {
  const { t } = useTranslation('placements');
  return <Card title={t('title')}>{t(`state.${page.record.state}`)}</Card>;
}
