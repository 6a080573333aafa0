import { useTranslation } from 'react-i18next';
import { Bridge, type Pier, type PierState } from '#app/ui/bridge.tsx';
import type { Side } from '#db/schema/shared.ts';
import type { ThesisRole } from '#db/schema/supervision.ts';
import { SUPERVISOR_ROLES, type SupervisorRole } from './supervisors.ts';
import type { Progress } from './turn.ts';

interface ReportBridgeProps {
  /** Null while there is no report of the half-year. */
  progress: Progress | null;
  sides: Record<ThesisRole, Side>;
  /** “the second half of 2026” in the reader's language. */
  halfYear: string;
}

/** Where a progress report stands: the report, two opinions, the decision, two signatures. */
export function ReportBridge({ progress, sides, halfYear }: ReportBridgeProps) {
  const { t } = useTranslation('supervision');
  const state = progress?.state ?? 'draft';
  const opinion = (role: SupervisorRole): PierState => {
    if (progress?.given.includes(role)) return 'done';
    return state === 'submitted' ? 'now' : 'todo';
  };
  const signature = (role: SupervisorRole): PierState => {
    if (progress?.signed.includes(role)) return 'done';
    return state === 'decision-proposed' ? 'now' : 'todo';
  };
  const written = state === 'decision-proposed' || state === 'decided' ? 'done' : 'todo';
  const piers: Pier[] = [
    { label: t('pier.report'), side: sides.candidate, state: state === 'draft' ? 'now' : 'done' },
    ...SUPERVISOR_ROLES.map((role) => ({
      label: t(`pier.opinion.${role}`),
      side: sides[role],
      state: opinion(role),
    })),
    {
      label: t('pier.decision'),
      side: sides.supervisor,
      state: state === 'opinions-in' ? 'now' : written,
    },
    ...SUPERVISOR_ROLES.map((role) => ({
      label: t(`pier.signature.${role}`),
      side: sides[role],
      state: signature(role),
    })),
  ];
  return <Bridge piers={piers} label={t('thesis.bridge', { halfYear })} />;
}
