import { useTranslation } from 'react-i18next';
import { Turn } from '#app/ui/turn.tsx';
import type { PlacementPage } from './placement-queries.ts';

/** Whose turn it is in a stay, until when, what happens next, and the one thing the reader can do. */
export function PlacementTurn({ page }: { page: PlacementPage }) {
  const { t } = useTranslation('placements');
  return <Turn heading={t(`state.${page.record.state}`)} side={null} />;
}
