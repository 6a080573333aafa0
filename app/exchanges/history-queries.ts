import { and, asc, eq } from 'drizzle-orm';
import { namesOf } from '#app/people/queries.ts';
import type { DbOrTx } from '#db/client.server.ts';
import type { appeal, correction, hostQuestion } from '#db/schema/exchanges.ts';
import { institution } from '#db/schema/people.ts';
import { auditRow } from '#db/schema/platform.ts';
import type { lettersOf } from './letters/letter-queries.ts';
import type { Application } from './scope.ts';
import { applicationWorkflow } from './workflow.ts';

type Kept = {
  corrections: (typeof correction.$inferSelect)[];
  questions: (typeof hostQuestion.$inferSelect)[];
  appeals: (typeof appeal.$inferSelect)[];
  letters: Awaited<ReturnType<typeof lettersOf>>;
};

/** What the record says of a step beside its audit row: its true moment, and the words that were given with it. */
type Said = { at?: Date | null; words?: string | null };

/** Steps that are told with a letter of refusal, which keeps their reason. */
const REFUSALS = ['findIneligible', 'refuseNomination', 'decline'];
const STATES_OF: Record<string, string> = {
  findIneligible: 'ineligible',
  refuseNomination: 'not-nominated',
  decline: 'declined',
};

/**
 * What happened to an application, the latest first: who, of which side, and with which words, as far as the reader may
 * read them. A step that was taken twice has its own words each time.
 */
export async function historyOf(db: DbOrTx, record: Application, kept: Kept) {
  const rows = await db
    .select({
      id: auditRow.id,
      at: auditRow.at,
      code: auditRow.code,
      actorKind: auditRow.actorKind,
      actorId: auditRow.actorId,
      side: institution.side,
    })
    .from(auditRow)
    .leftJoin(institution, eq(institution.id, auditRow.institutionId))
    .where(and(eq(auditRow.subjectType, applicationWorkflow.subject), eq(auditRow.subjectId, record.id)))
    .orderBy(asc(auditRow.at), asc(auditRow.id));
  // Versions and letters are audited beside the step that made them; the page shows the step.
  const steps = rows.filter(({ code }) => code.startsWith('application.') || code.startsWith('appeal.'));
  const people = steps.filter((row) => row.actorKind === 'person').map((row) => row.actorId);
  const names = await namesOf(db, people);
  const counted = new Map<string, number>();
  const last = new Map(steps.map(({ code, id }) => [code, id]));
  const entries = steps.map(({ actorKind: _kind, actorId, code, ...row }) => {
    const step = code.replace('application.', '');
    // Refusals share one series of letters.
    const series = REFUSALS.includes(step) ? 'refusal' : step;
    const nth = counted.get(series) ?? 0;
    counted.set(series, nth + 1);
    const said = saidAt(step, nth, record, kept, last.get(code) === row.id);
    return {
      ...row,
      code: step,
      at: said.at ?? row.at,
      words: said.words ?? null,
      name: names.get(actorId) ?? null,
    };
  });
  return entries.reverse();
}

/** @param nth how many times the step was taken before; `last`: it was not taken again. */
function saidAt(step: string, nth: number, record: Application, kept: Kept, last: boolean): Said {
  const decided = kept.appeals.filter((one) => one.decidedAt !== null).reverse();
  const upheld = decided.filter((one) => one.outcome === 'upheld');
  const rejected = decided.filter((one) => one.outcome === 'rejected');
  switch (step) {
    case 'draft':
      return { at: record.createdAt };
    case 'submit':
      return last ? { at: record.submittedAt } : {};
    case 'findEligible':
      return last ? { at: record.eligibilityDecidedAt } : {};
    case 'select':
    case 'placeInReserve':
    case 'passOver':
      return { at: record.rankedAt };
    case 'returnForCorrection':
      return { at: kept.corrections[nth]?.askedAt ?? null };
    case 'findIneligible':
    case 'refuseNomination':
    case 'decline': {
      const letter = kept.letters.filter(({ kind }) => kind === 'refusal')[nth];
      const stands = record.state === STATES_OF[step] && last;
      return stands
        ? { at: record.stateAt, words: record.stateReason }
        : { at: letter?.issuedAt ?? null, words: letter?.content.reason ?? null };
    }
    case 'nominate':
      return { at: kept.letters.filter(({ kind }) => kind === 'nomination')[nth]?.issuedAt ?? null };
    case 'accept':
      return last ? { at: record.hostDecidedAt } : {};
    case 'ask':
      return { at: kept.questions[nth]?.askedAt ?? null, words: kept.questions[nth]?.question ?? null };
    case 'reply':
      return { at: kept.questions[nth]?.repliedAt ?? null, words: kept.questions[nth]?.reply ?? null };
    case 'withdraw':
      return { at: record.withdrawnAt, words: record.stateReason };
    case 'appeal.make': {
      const made = [...kept.appeals].reverse()[nth];
      return { at: made?.madeAt ?? null, words: made?.words ?? null };
    }
    case 'appeal.uphold':
      return { at: upheld[nth]?.decidedAt ?? null, words: upheld[nth]?.reason ?? null };
    case 'appeal.reject':
      return { at: rejected[nth]?.decidedAt ?? null, words: rejected[nth]?.reason ?? null };
    default:
      return {};
  }
}
