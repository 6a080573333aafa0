import { isNull } from 'drizzle-orm';
import { type PersonActor, system } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import { notify } from '#app/platform/notify.server.ts';
import { forbidden, stale } from '#app/platform/outcome.ts';
import type { Db, Tx } from '#db/client.server.ts';
import { opinion } from '#db/schema/supervision.ts';
import { daysLater, TURN_DAYS, todayOn } from './half-year.ts';
import { type LockedReport, lockReport } from './lock-report.ts';
import { opinionsOpen, paramsOf } from './messages.ts';
import { moveReport } from './move-report.ts';
import { demand, placeOf } from './policy.ts';
import { homeSideOf, REPORT, receiptsOf } from './queries.ts';
import { accepted, type OpinionInput, opinionForm } from './schemas.ts';
import { supervisorsOf } from './supervisors.ts';

/**
 * A supervisor gives an opinion. It is sealed: nobody but its author reads it until the other one is in too; then the
 * portal opens both, in the same transaction, and tells candidate and supervisors.
 *
 * @returns whether both are in now
 * @throws Refusal `not-found`, `forbidden`, `stale` when the report moved on or the opinion was given already, `invalid`
 */
export async function giveOpinion(
  db: Db,
  actor: PersonActor,
  input: { reference: string; number: number; revision: string } & OpinionInput,
  now = new Date(),
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const found = await lockReport(tx, actor, input.reference, input.number);
    demand('supervision.opinion', actor, found);
    if (found.report.state !== 'submitted') throw stale('staleState');
    if (found.report.revision !== input.revision) throw stale();
    await insertOpinion(tx, found, actor, accepted(opinionForm, input), now);
    const receipts = await receiptsOf(tx, found.report.id);
    const complete = supervisorsOf(found.members).every(({ role }) =>
      receipts.some((r) => r.capacity === role),
    );
    if (complete) await openOpinions(tx, found, now);
    return complete;
  });
}

async function insertOpinion(
  tx: Tx,
  { report, members }: LockedReport,
  actor: PersonActor,
  said: ReturnType<typeof opinionForm.parse>,
  now: Date,
): Promise<void> {
  const place = placeOf(actor, { members });
  if (!place || place.role === 'candidate' || !report.contentHash) throw forbidden();
  const values = { ...said, reportHash: report.contentHash, givenAt: now, updatedAt: now };
  const [row] = await tx
    .insert(opinion)
    .values({
      ...values,
      reportId: report.id,
      supervisorId: actor.personId,
      institutionId: place.institutionId,
      capacity: place.role,
    })
    // One that came back with a returned report is the author's to change; one that was given is not.
    .onConflictDoUpdate({
      target: [opinion.reportId, opinion.supervisorId],
      set: values,
      setWhere: isNull(opinion.givenAt),
    })
    .returning({ id: opinion.id });
  if (!row) throw stale('supervision.opinionGiven');
  // Neither outcome nor text: the audit log is read by people for whom the opinion is sealed.
  await audit(tx, {
    code: 'progress-report.opinion',
    actor,
    subject: { type: REPORT, id: report.id },
    institutionId: place.institutionId,
    facts: { capacity: place.role },
  });
}

async function openOpinions(tx: Tx, found: LockedReport, now: Date): Promise<void> {
  const report = await moveReport(tx, found, {
    name: 'open-opinions',
    actor: system('supervision.open-opinions'),
    set: {
      opinionsOpenedAt: now,
      turnDueOn: daysLater(todayOn(homeSideOf(found.members), now), TURN_DAYS),
    },
    now,
  });
  await notify(tx, opinionsOpen, {
    to: found.members.map((member) => member.personId),
    params: paramsOf(found.thesis.reference, report),
    cause: `progress-report:${report.id}:opinions-open:${report.revision}`,
    institutionId: found.thesis.homeInstitutionId,
  });
}
