import { and, eq, max } from 'drizzle-orm';
import type { PersonActor } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import { invalid } from '#app/platform/outcome.ts';
import type { Db } from '#db/client.server.ts';
import { progressReport } from '#db/schema/supervision.ts';
import { dueOnOf, type HalfYear, laterOf, startableOn, todayOn } from './half-year.ts';
import { lockThesis } from './lock-report.ts';
import { demand } from './policy.ts';
import { homeSideOf, REPORT } from './queries.ts';

const nothing = { en: '', ru: '' };

/**
 * Starts the report of a half-year as the candidate's draft. Asked twice, the second answers with the first's report:
 * there is one per thesis and half-year.
 *
 * @returns the number under which the report stands in the thesis
 * @throws Refusal `not-found`, `forbidden`, `invalid` when the half-year is not open for reports
 */
export async function startReport(
  db: Db,
  actor: PersonActor,
  input: { reference: string; halfYear: HalfYear },
  now = new Date(),
): Promise<number> {
  return db.transaction(async (tx) => {
    const found = await lockThesis(tx, actor, input.reference);
    demand('supervision.report', actor, found);
    const { year, half } = input.halfYear;
    const ofThesis = eq(progressReport.thesisId, found.thesis.id);
    const [known] = await tx
      .select({ number: progressReport.number })
      .from(progressReport)
      .where(and(ofThesis, eq(progressReport.year, year), eq(progressReport.half, half)));
    if (known) return known.number;

    const today = todayOn(homeSideOf(found.members), now);
    const open = startableOn(today, found.thesis.startsOn);
    const ended = found.thesis.endedOn !== null;
    if (ended || !open.some((one) => one.year === year && one.half === half)) {
      throw invalid('supervision.halfYearClosed');
    }
    const [last] = await tx
      .select({ number: max(progressReport.number) })
      .from(progressReport)
      .where(ofThesis);
    const number = (last?.number ?? 0) + 1;
    const dueOn = dueOnOf({ year, half });
    const [report] = await tx
      .insert(progressReport)
      .values({
        thesisId: found.thesis.id,
        number,
        year,
        half,
        dueOn,
        turnDueOn: laterOf(dueOn, today),
        stateBy: actor.personId,
        done: nothing,
        publications: nothing,
        plan: nothing,
        difficulties: nothing,
      })
      .returning({ id: progressReport.id });
    if (!report) throw new Error('The report was not inserted');
    await audit(tx, {
      code: 'progress-report.start',
      actor,
      subject: { type: REPORT, id: report.id },
      institutionId: found.thesis.homeInstitutionId,
      facts: { thesis: found.thesis.reference, year, half },
    });
    return number;
  });
}
