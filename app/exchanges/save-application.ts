import { and, eq } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { permits } from '#app/people/access.ts';
import { institutions } from '#app/people/queries.ts';
import { searchTerm } from '#app/people/search-text.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import { forbidden, invalid, stale } from '#app/platform/outcome.ts';
import { nextReference } from '#app/platform/references.server.ts';
import type { Db, Tx } from '#db/client.server.ts';
import { application } from '#db/schema/exchanges.ts';
import { person } from '#db/schema/people.ts';
import { attachDocuments, type GivenDocument } from './attach-documents.ts';
import { possibleParties } from './parties.ts';
import { exchangeRules } from './policy.ts';
import { checked, type Draft, draftSchema } from './schemas.ts';
import { type Application, type Call, findCall } from './scope.ts';

/**
 * Saves a draft, however little of it is filled in; the first save makes the application. It may be saved
 * after the deadline too, so that nothing typed is lost: only the submission is refused then.
 *
 * @param input.fields what was typed, by name of the form's field.
 * @param input.revision the revision the form showed; absent on the first save.
 * @throws Refusal `stale` when the draft was changed elsewhere meanwhile or is no longer a draft;
 *   `invalid` with `exchanges.otherDirection` when the call takes nobody of the person's side.
 */
export async function saveApplication(
  db: Db,
  actor: PersonActor,
  input: {
    callReference: string;
    fields: Record<string, unknown>;
    documents?: readonly GivenDocument[];
    revision?: string | undefined;
  },
  now = new Date(),
): Promise<Application> {
  if (!permits(exchangeRules['exchanges.apply'], actor, null)) throw forbidden();
  const typed = checked(draftSchema, input.fields);
  return db.transaction(async (tx) => {
    const found = await findCall(tx, null, input.callReference);
    if (now < found.opensAt) throw invalid('exchanges.notOpenYet');
    const parties = await chosenParties(tx, actor, found, typed);
    const existing = await ownDraft(tx, actor, found);
    const columns = { ...typed, ...parties };
    if (existing && existing.state !== 'draft') throw stale('exchanges.alreadySubmitted');
    if (existing && existing.revision !== input.revision && differs(existing, columns)) throw stale();
    const reference = existing?.reference ?? (await nextReference(tx, 'EX', now.getUTCFullYear()));
    const search = await searchOf(tx, actor, reference, columns.title);
    const saved = existing
      ? await update(tx, existing, { ...columns, search })
      : await insert(tx, actor, found, { ...columns, search, reference }, now);
    await attachDocuments(
      tx,
      { applicationId: saved.id, ownerId: actor.personId, call: found, given: input.documents ?? [] },
      now,
    );
    return saved;
  });
}

/** The applicant's own application to a call, held; undefined before the first save. */
export async function ownDraft(tx: Tx, actor: PersonActor, found: Call): Promise<Application | undefined> {
  const [own] = await tx
    .select()
    .from(application)
    .where(and(eq(application.callId, found.id), eq(application.applicantId, actor.personId)))
    .for('update');
  return own;
}

async function chosenParties(tx: Tx, actor: PersonActor, found: Call, typed: Draft) {
  const { homes, hosts, sponsored } = possibleParties(await institutions(tx), found.direction, actor);
  if (homes.length === 0) throw invalid('exchanges.otherDirection');
  const fields: Record<string, string[]> = {};
  const home = sponsored ? typed.homeInstitutionId : actor.institutionId;
  if (home && !homes.some((one) => one.id === home)) fields.homeInstitutionId = ['choice'];
  const host = hosts.length === 1 ? (hosts[0]?.id ?? null) : typed.hostInstitutionId;
  if (host && !hosts.some((one) => one.id === host)) fields.hostInstitutionId = ['choice'];
  if (home && home === host) fields.hostInstitutionId = ['exchanges.sameSide'];
  if (Object.keys(fields).length > 0) throw invalid('invalid', { fields });
  return { homeInstitutionId: home, hostInstitutionId: host };
}

/** Whether saving would change what stands: a form sent twice changes nothing and is no conflict. */
function differs(existing: Application, columns: Partial<Application>): boolean {
  return Object.entries(columns).some(([name, value]) => existing[name as keyof Application] !== value);
}

async function searchOf(tx: Tx, actor: PersonActor, reference: string, title: string): Promise<string> {
  const [own] = await tx.select({ search: person.search }).from(person).where(eq(person.id, actor.personId));
  return [reference.toLowerCase(), searchTerm(title), own?.search ?? ''].join(' ').trim();
}

async function update(tx: Tx, existing: Application, columns: Partial<Application>): Promise<Application> {
  const [saved] = await tx
    .update(application)
    .set({ ...columns, revision: uuidv7() })
    .where(and(eq(application.id, existing.id), eq(application.state, 'draft')))
    .returning();
  if (!saved) throw stale();
  return saved;
}

async function insert(
  tx: Tx,
  actor: PersonActor,
  found: Call,
  columns: Partial<Application> & { reference: string },
  now: Date,
): Promise<Application> {
  const own = {
    callId: found.id,
    applicantId: actor.personId,
    stateBy: actor.personId,
    stateAt: now,
    createdAt: now,
  };
  // Two first saves at once: the second finds the first one's row and is told to look again.
  const [saved] = await tx
    .insert(application)
    .values({ ...columns, ...own })
    .onConflictDoNothing({ target: [application.callId, application.applicantId] })
    .returning();
  if (!saved) throw stale();
  await audit(tx, {
    code: 'application.draft',
    actor,
    subject: { type: 'application', id: saved.id },
    institutionId: saved.homeInstitutionId,
    facts: { call: found.reference },
  });
  return saved;
}
