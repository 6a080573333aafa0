import { useTranslation } from 'react-i18next';
import { History } from '#app/ui/history.tsx';
import type { RunView } from './run-queries.ts';

/** Why the reader's place in the waitlist changed, the newest first, down to the day they enrolled. */
export function RunHistory({ own }: { own: NonNullable<RunView['own']> }) {
  const { t } = useTranslation('training');
  const entries = own.moves.map((move) => ({
    key: move.id,
    at: move.at,
    what:
      move.toPlace === null
        ? t(`move.${move.cause}`)
        : t('move.toPlace', { cause: t(`move.${move.cause}`), place: move.toPlace }),
  }));
  return (
    <History
      entries={[
        ...(own.state === 'confirmed' ? [{ key: 'state', at: own.stateAt, what: t('state.confirmed') }] : []),
        ...entries,
        { key: 'asked', at: own.createdAt, what: t('move.asked') },
      ]}
    />
  );
}
