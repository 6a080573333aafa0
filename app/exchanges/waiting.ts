import { and, asc, eq, gt, inArray, isNull, notExists, or } from 'drizzle-orm';
import { institutionsOf } from '#app/people/access.ts';
import { personName } from '#app/people/person-name.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import type { WaitingTask } from '#app/platform/room.ts';
import type { Db } from '#db/client.server.ts';
import { application, call } from '#db/schema/exchanges.ts';
import { signature, version } from '#db/schema/platform.ts';
import { applicationsWaiting } from './list-queries.ts';
import { inLanguage } from './localized.ts';

/** More than a person decides in a sitting; the list page has them all. */
const SHOWN = 20;

/** What waits for a person in exchanges: drafts to finish, nominations and answers to give, calls to sign. */
export async function waitingTasks(db: Db, actor: PersonActor, now: Date): Promise<WaitingTask[]> {
  const coordinated = institutionsOf(actor, 'coordinator');
  const [drafts, decisions, calls] = await Promise.all([
    draftsToFinish(db, actor, now),
    decisionsToGive(db, actor),
    coordinated.length > 0 ? callsToSign(db, actor, coordinated) : [],
  ]);
  return [...drafts, ...decisions, ...calls];
}

async function draftsToFinish(db: Db, actor: PersonActor, now: Date): Promise<WaitingTask[]> {
  const rows = await db
    .select({ reference: application.reference, call: call.reference, title: call.title, due: call.deadline })
    .from(application)
    .innerJoin(call, eq(call.id, application.callId))
    .where(
      and(
        eq(application.applicantId, actor.personId),
        eq(application.state, 'draft'),
        gt(call.deadline, now),
      ),
    )
    .orderBy(asc(call.deadline))
    .limit(SHOWN);
  return rows.map((row) => ({
    text: 'exchanges:waiting.draft',
    params: { call: inLanguage(row.title, actor.locale) },
    note: row.reference,
    href: `/calls/${row.call}/apply`,
    side: actor.side,
    due: row.due,
  }));
}

async function decisionsToGive(db: Db, actor: PersonActor): Promise<WaitingTask[]> {
  const rows = await applicationsWaiting(db, actor, SHOWN);
  return rows.map((row) => {
    const act = row.state === 'submitted' ? 'nominate' : 'answer';
    return {
      text: `exchanges:waiting.${act}`,
      params: { name: personName(row, actor.locale), title: row.title },
      note: row.reference,
      href: `/exchanges/${row.reference}/${act === 'nominate' ? 'nomination' : 'answer'}`,
      side: row.side,
      due: row.dueAt,
    };
  });
}

/** Calls whose current version lacks the signature of the actor's institution. */
async function callsToSign(db: Db, actor: PersonActor, coordinated: string[]): Promise<WaitingTask[]> {
  const signedHere = db
    .select({ id: signature.id })
    .from(signature)
    .innerJoin(version, eq(version.id, signature.versionId))
    .where(
      and(
        eq(version.subjectType, 'call'),
        eq(version.subjectId, call.id),
        isNull(version.supersededAt),
        isNull(signature.voidedAt),
        inArray(signature.institutionId, coordinated),
      ),
    );
  const rows = await db
    .select({ reference: call.reference, title: call.title })
    .from(call)
    .where(
      and(
        inArray(call.state, ['draft', 'half-signed']),
        or(inArray(call.signerIn, coordinated), inArray(call.signerRu, coordinated)),
        notExists(signedHere),
      ),
    )
    .orderBy(asc(call.deadline))
    .limit(SHOWN);
  return rows.map((row) => ({
    text: 'exchanges:waiting.sign',
    params: { call: inLanguage(row.title, actor.locale) },
    note: row.reference,
    href: `/calls/${row.reference}/signature`,
    side: actor.side,
    due: null,
  }));
}
