import { useTranslation } from 'react-i18next';
import { When } from '#app/ui/when.tsx';
import type { LaidVersion } from './placement-queries.ts';

/** Why a version was sent back, by whom, when. */
export function RefusalNote({ laid }: { laid: LaidVersion }) {
  const { t } = useTranslation('placements');
  const { refusal, version } = laid;
  if (!refusal) return null;
  return (
    <div className="why">
      <p>
        <b>{t('refusal.heading', { number: version.number })}</b>{' '}
        {[refusal.name, refusal.as && t(`capacity.${refusal.as}`)].filter(Boolean).join(', ')},{' '}
        <When at={refusal.refusedAt} />
      </p>
      <p className="whitespace-pre-line wrap-anywhere">{refusal.comments}</p>
    </div>
  );
}
