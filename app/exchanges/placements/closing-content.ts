import { contentHash } from '#app/platform/canonical.ts';
import type { OutputKind } from '#db/schema/placements.ts';
import type { Locale } from '#db/schema/shared.ts';
import type { Placement } from './placement-scope.ts';
import type { CostHeading, Payer, ProgrammeCost } from './programme-content.ts';

/** Rises when the shape of `ClosingContent` changes; signatures name it. */
export const CLOSING_SCHEMA = 1;

type ClosingCost = {
  heading: CostHeading;
  payer: Payer;
  currency: string;
  planned: number;
  spent: number;
};

/** What both coordinators sign when a stay is closed; report and evaluation stand in it by their hashes. */
type ClosingContent = {
  reference: string;
  participantId: string;
  arrivedOn: string;
  leftOn: string;
  report: { hash: string; locale: Locale };
  evaluation: { hash: string; locale: Locale; grade: string };
  outputs: { kind: OutputKind; title: string; identifier: string | null }[];
  costs: ClosingCost[];
};

/** What was spent against what was planned; null where a heading has no entry yet. */
export function costsAgainstPlan(
  planned: readonly ProgrammeCost[],
  spent: readonly { heading: string; amount: number }[],
): (Omit<ClosingCost, 'spent'> & { spent: number | null })[] {
  return planned.map(({ heading, payer, currency, amount }) => ({
    heading,
    payer,
    currency,
    planned: amount,
    spent: spent.find((one) => one.heading === heading)?.amount ?? null,
  }));
}

/** What still has to be there before a closing can be laid before both coordinators. */
const CLOSING_GAPS = ['report', 'evaluation', 'costs', 'name'] as const;
export type ClosingGap = (typeof CLOSING_GAPS)[number];

/** Which of it is missing. */
export function closingGaps(
  record: Pick<Placement, 'reportedAt' | 'evaluatedAt'>,
  costs: readonly { spent: number | null }[],
  nameConfirmed: boolean,
): ClosingGap[] {
  const missing = {
    report: record.reportedAt === null,
    evaluation: record.evaluatedAt === null,
    costs: costs.some((one) => one.spent === null),
    name: !nameConfirmed,
  };
  return CLOSING_GAPS.filter((gap) => missing[gap]);
}

/** The content of a closing; only where no gap is left. */
export function closingContent(
  record: Placement,
  outputs: readonly { kind: OutputKind; title: string; identifier: string | null }[],
  costs: ReturnType<typeof costsAgainstPlan>,
): ClosingContent {
  const { reference, participantId, arrivedOn, leftOn, evaluationGrade } = record;
  if (!arrivedOn || !leftOn || !evaluationGrade) throw new Error(`${reference} has nothing to close yet`);
  return {
    reference,
    participantId,
    arrivedOn,
    leftOn,
    report: { hash: contentHash({ text: record.report }), locale: record.reportLocale ?? 'en' },
    evaluation: {
      hash: contentHash({ text: record.evaluation }),
      locale: record.evaluationLocale ?? 'en',
      grade: evaluationGrade,
    },
    outputs: outputs.map(({ kind, title, identifier }) => ({ kind, title, identifier })),
    costs: costs.map(({ spent, ...one }) => ({ ...one, spent: spent ?? 0 })),
  };
}
