import { useTranslation } from 'react-i18next';
import { Chip } from '#app/ui/chip.tsx';
import type { Tone } from '#app/ui/side.ts';
import type { ReportOutcome, ReportState } from '#db/schema/supervision.ts';

const TONES: Record<ReportOutcome, Tone> = {
  satisfactory: 'ok',
  'with-remarks': 'risk',
  unsatisfactory: 'stop',
};

/** An outcome with its sign. */
export function OutcomeChip({ outcome }: { outcome: ReportOutcome }) {
  const { t } = useTranslation('supervision');
  return <Chip tone={TONES[outcome]}>{t(`outcome.${outcome}`)}</Chip>;
}

/** The state of a report; once decided, what was decided. */
export function ReportStateChip({
  state,
  outcome,
}: {
  state: ReportState | 'none';
  outcome: ReportOutcome | null;
}) {
  const { t } = useTranslation('supervision');
  return outcome ? <OutcomeChip outcome={outcome} /> : <Chip tone="idle">{t(`state.${state}`)}</Chip>;
}
