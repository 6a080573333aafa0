import { and, desc, eq, inArray, ne } from 'drizzle-orm';
import { nameColumns } from '#app/people/queries.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { forbidden, notFound } from '#app/platform/outcome.ts';
import type { DbOrTx } from '#db/client.server.ts';
import { application, call, correction, endorsement } from '#db/schema/exchanges.ts';
import { institution, person } from '#db/schema/people.ts';
import { EDITABLE } from './save-application.ts';
import { visibleTo } from './scope.ts';

export type Endorsement = typeof endorsement.$inferSelect;

/** The latest question to a supervisor that was not taken back; null where there is none. */
export async function endorsementOf(db: DbOrTx, applicationId: string): Promise<Endorsement | null> {
  const [latest] = await db
    .select()
    .from(endorsement)
    .where(and(eq(endorsement.applicationId, applicationId), ne(endorsement.state, 'taken-back')))
    .orderBy(desc(endorsement.askedAt), desc(endorsement.id))
    .limit(1);
  return latest ?? null;
}

/** The correction an application was returned for and that is not answered yet. */
export async function openCorrection(db: DbOrTx, applicationId: string) {
  const [open] = await db
    .select()
    .from(correction)
    .where(eq(correction.applicationId, applicationId))
    .orderBy(desc(correction.number))
    .limit(1);
  return open && open.answeredAt === null ? open : null;
}

/** What a supervisor is shown of the application they are asked about: the plan and the stay, no documents. */
async function asked(db: DbOrTx, condition: ReturnType<typeof and>) {
  const [row] = await db
    .select({
      endorsement,
      record: {
        id: application.id,
        reference: application.reference,
        state: application.state,
        title: application.title,
        workPlan: application.workPlan,
        workPlanLocale: application.workPlanLocale,
        laboratoryWishes: application.laboratoryWishes,
        wishedStart: application.wishedStart,
        weeks: application.weeks,
        applicantId: application.applicantId,
        homeInstitutionId: application.homeInstitutionId,
      },
      call: { reference: call.reference, title: call.title, deadline: call.deadline },
      applicant: nameColumns,
      host: { name: institution.name, side: institution.side },
    })
    .from(endorsement)
    .innerJoin(application, eq(application.id, endorsement.applicationId))
    .innerJoin(call, eq(call.id, application.callId))
    .innerJoin(person, eq(person.id, application.applicantId))
    .leftJoin(institution, eq(institution.id, application.hostInstitutionId))
    .where(condition)
    .orderBy(desc(endorsement.askedAt), desc(endorsement.id))
    .limit(1);
  if (!row) return null;
  const open = row.record.state === 'returned' ? await openCorrection(db, row.record.id) : null;
  return { ...row, until: open?.dueAt ?? row.call.deadline };
}

export type AskedEndorsement = NonNullable<Awaited<ReturnType<typeof asked>>>;

/**
 * The question as the supervisor who was asked sees it, by the application's reference.
 *
 * @throws Refusal `forbidden` to those who see the application but were not asked, `not-found` to all others.
 */
export async function endorsementPage(
  db: DbOrTx,
  actor: PersonActor,
  reference: string,
): Promise<AskedEndorsement> {
  const own = await asked(
    db,
    and(eq(application.reference, reference), eq(endorsement.supervisorId, actor.personId)),
  );
  if (own) return own;
  const [seen] = await db
    .select({ id: application.id })
    .from(application)
    .where(and(eq(application.reference, reference), visibleTo(actor)));
  throw seen ? forbidden() : notFound();
}

/** The question behind a link; null where it is no longer there. */
export async function endorsementById(db: DbOrTx, id: string): Promise<AskedEndorsement | null> {
  return asked(db, eq(endorsement.id, id));
}

/** Questions that wait for a supervisor, with the day until when the application can still be handed in. */
export async function endorsementsWaiting(db: DbOrTx, actor: PersonActor, limit: number) {
  return db
    .select({
      reference: application.reference,
      title: application.title,
      deadline: call.deadline,
      /** Set while the application is being corrected. */
      dueAt: application.dueAt,
      ...nameColumns,
    })
    .from(endorsement)
    .innerJoin(application, eq(application.id, endorsement.applicationId))
    .innerJoin(call, eq(call.id, application.callId))
    .innerJoin(person, eq(person.id, application.applicantId))
    .where(
      and(
        eq(endorsement.supervisorId, actor.personId),
        eq(endorsement.state, 'asked'),
        inArray(application.state, [...EDITABLE]),
      ),
    )
    .orderBy(endorsement.askedAt)
    .limit(limit);
}
