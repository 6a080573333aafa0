import { contentHash } from '#app/platform/canonical.ts';
import type { LocalizedText } from '#db/schema/shared.ts';
import type { ReportOutcome } from '#db/schema/supervision.ts';
import type { Opinion, ProgressReport } from './queries.ts';
import type { SupervisorRole } from './supervisors.ts';

/** Rises when the shape below changes; signatures name it. */
export const DECISION_SCHEMA = 1;

/** What both supervisors sign: the decision, and by hash the report and the two opinions it rests on. */
export type DecisionContent = {
  thesis: string;
  report: { number: number; year: number; half: number; hash: string };
  opinions: { capacity: SupervisorRole; hash: string }[];
  outcome: ReportOutcome;
  text: LocalizedText;
};

/** The content of a new version of the decision. */
export function decisionContent(
  thesis: string,
  report: ProgressReport,
  opinions: readonly Opinion[],
  said: { outcome: ReportOutcome; text: LocalizedText },
): DecisionContent {
  const { number, year, half } = report;
  if (!report.contentHash) throw new Error('A decision is about a submitted report');
  return {
    thesis,
    report: { number, year, half, hash: report.contentHash },
    opinions: opinions.map(({ capacity, outcome, text }) => ({
      capacity,
      hash: contentHash({ outcome, text }),
    })),
    ...said,
  };
}
