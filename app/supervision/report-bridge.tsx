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

/** Where a progress report stands: the report, two opinions, and the decision of both. */
export function ReportBridge({ progress, sides, halfYear }: ReportBridgeProps) {
  const { t } = useTranslation('supervision');
  const state = progress?.state ?? 'draft';
  const opinion = (role: SupervisorRole): PierState => {
    if (progress?.given.includes(role)) return 'done';
    return state === 'submitted' ? 'now' : 'todo';
  };
  // Either of them writes the decision, and each signs it: it is the turn of both until a signature is in.
  const decision = (role: SupervisorRole): PierState => {
    if (progress?.signed.includes(role)) return 'done';
    return state === 'opinions-in' || state === 'decision-proposed' ? 'now' : 'todo';
  };
  const piers: Pier[] = [
    { label: t('pier.report'), side: sides.candidate, state: state === 'draft' ? 'now' : 'done' },
    ...SUPERVISOR_ROLES.map((role) => ({
      label: t(`pier.opinion.${role}`),
      side: sides[role],
      state: opinion(role),
    })),
    ...SUPERVISOR_ROLES.map((role) => ({
      label: t(`pier.decision.${role}`),
      side: sides[role],
      state: decision(role),
    })),
  ];
  return <Bridge piers={piers} label={t('thesis.bridge', { halfYear })} />;
}
