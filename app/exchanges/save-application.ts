import { and, eq, inArray } from 'drizzle-orm';
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
import { valuesOf } from './application-steps.ts';
import { attachDocuments, type GivenDocument } from './attach-documents.ts';
import { formRevision } from './form-revision.ts';
import { possibleParties } from './parties.ts';
import { exchangeRules } from './policy.ts';
import { checked, type Draft, type DraftField, draftSchema, WISHES } from './schemas.ts';
import { type Application, type Call, findCall } from './scope.ts';

/** An application is written while it is a draft, and again where it was returned for correction. */
export const EDITABLE = ['draft', 'returned'] as const;
export const isEditable = (state: Application['state']) => EDITABLE.some((one) => one === state);

/**
 * Saves a step of an application, however little of it is filled in; the first save makes the draft. It may be
 * saved after the deadline too, so that nothing typed is lost: only the submission is refused then.
 *
 * @param input.fields what was typed, by name of the form's field; what the form does not ask for stays as it is.
 * @param input.revision `formRevision` of what the form showed, or the revision of the whole application.
 * @throws Refusal `stale` when these fields were changed elsewhere meanwhile or the application is not the
 *   applicant's to change now; `invalid` with `exchanges.otherDirection` when the call takes nobody of their side.
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
  const names = (Object.keys(draftSchema.shape) as DraftField[]).filter((name) => name in input.fields);
  const mask = Object.fromEntries(names.map((name) => [name, true])) as Partial<Record<DraftField, true>>;
  const typed: Draft = checked(draftSchema.pick(mask as Record<DraftField, true>), input.fields);
  return db.transaction(async (tx) => {
    const found = await findCall(tx, null, input.callReference);
    if (now < found.opensAt) throw invalid('exchanges.notOpenYet');
    if (found.state === 'cancelled') throw invalid('exchanges.callCancelled');
    const existing = await ownDraft(tx, actor, found);
    // What is typed past the deadline is kept; once the call is being decided nothing new begins.
    if (!existing && found.state !== 'published' && found.state !== 'closed')
      throw invalid('exchanges.callDecided');
    if (existing && !isEditable(existing.state)) throw stale('exchanges.alreadySubmitted');
    const columns = {
      ...columnsOf(typed, existing),
      ...(await chosenParties(tx, actor, found, { ...partiesOf(existing), ...typed })),
    };
    if (existing) checkRevision(existing, columns, names, input.revision);
    if (existing?.state === 'returned') checkStillWhole(columns);
    const saved = existing
      ? await update(tx, actor, existing, columns)
      : await insert(tx, actor, found, columns, now);
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

type Columns = Partial<Application>;

/** The columns that were typed; the laboratories close up, so that the first wish is never empty. */
function columnsOf(typed: Draft, existing: Application | undefined): Columns {
  const { wish1, wish2, wish3, homeInstitutionId: _home, hostInstitutionId: _host, ...columns } = typed;
  if (wish1 === undefined && wish2 === undefined && wish3 === undefined) return columns;
  const [old1 = '', old2 = '', old3 = ''] = existing?.laboratoryWishes ?? [];
  const wishes = [wish1 ?? old1, wish2 ?? old2, wish3 ?? old3];
  const twice = wishes.findIndex((wish, index) => wish !== '' && wishes.indexOf(wish) < index);
  if (twice > 0)
    throw invalid('invalid', { fields: { [WISHES[twice] ?? 'wish2']: ['exchanges.laboratoryTwice'] } });
  return { ...columns, laboratoryWishes: wishes.filter((wish) => wish !== '') };
}

const partiesOf = (existing: Application | undefined) => ({
  homeInstitutionId: existing?.homeInstitutionId ?? null,
  hostInstitutionId: existing?.hostInstitutionId ?? null,
});

async function chosenParties(tx: Tx, actor: PersonActor, found: Call, typed: Draft) {
  const { homes, hosts, sponsored } = possibleParties(await institutions(tx), found.direction, actor);
  if (homes.length === 0) throw invalid('exchanges.otherDirection');
  const fields: Record<string, string[]> = {};
  const home = sponsored ? (typed.homeInstitutionId ?? null) : actor.institutionId;
  if (home && !homes.some((one) => one.id === home)) fields.homeInstitutionId = ['choice'];
  const host = hosts.length === 1 ? (hosts[0]?.id ?? null) : (typed.hostInstitutionId ?? null);
  if (host && !hosts.some((one) => one.id === host)) fields.hostInstitutionId = ['choice'];
  if (home && home === host) fields.hostInstitutionId = ['exchanges.sameSide'];
  if (Object.keys(fields).length > 0) throw invalid('invalid', { fields });
  return { homeInstitutionId: home, hostInstitutionId: host };
}

/** A form sent twice changes nothing and is no conflict; one filled from what no longer stands is. */
function checkRevision(
  existing: Application,
  columns: Columns,
  names: readonly DraftField[],
  revision: string | undefined,
): void {
  if (revision === existing.revision || revision === formRevision(existing, names)) return;
  const [old, fresh] = [valuesOf(existing), valuesOf({ ...existing, ...columns })];
  if (names.some((name) => old[name] !== fresh[name])) throw stale();
}

/** What was handed in once stays whole while it is corrected. */
function checkStillWhole(columns: Columns): void {
  const fields: Record<string, string[]> = {};
  const needed = {
    title: 'exchanges.giveTitle',
    workPlan: 'exchanges.giveWorkPlan',
    homeInstitutionId: 'exchanges.chooseHome',
    hostInstitutionId: 'exchanges.chooseHost',
    wishedStart: 'exchanges.giveStart',
    weeks: 'exchanges.giveWeeks',
  } as const;
  for (const [name, reason] of Object.entries(needed)) {
    const value = columns[name as keyof typeof needed];
    if (value === null || value === '') fields[name] = [reason];
  }
  if (Object.keys(fields).length > 0) throw invalid('invalid', { fields });
}

async function searchOf(tx: Tx, actor: PersonActor, reference: string, title: string): Promise<string> {
  const [own] = await tx.select({ search: person.search }).from(person).where(eq(person.id, actor.personId));
  return [reference.toLowerCase(), searchTerm(title), own?.search ?? ''].join(' ').trim();
}

async function update(
  tx: Tx,
  actor: PersonActor,
  existing: Application,
  columns: Columns,
): Promise<Application> {
  const search = await searchOf(tx, actor, existing.reference, columns.title ?? existing.title);
  const [saved] = await tx
    .update(application)
    .set({ ...columns, search, revision: uuidv7() })
    .where(and(eq(application.id, existing.id), inArray(application.state, [...EDITABLE])))
    .returning();
  if (!saved) throw stale();
  return saved;
}

async function insert(
  tx: Tx,
  actor: PersonActor,
  found: Call,
  columns: Columns,
  now: Date,
): Promise<Application> {
  const reference = await nextReference(tx, 'EX', now.getUTCFullYear());
  const own = {
    callId: found.id,
    applicantId: actor.personId,
    stateBy: actor.personId,
    stateAt: now,
    createdAt: now,
  };
  const search = await searchOf(tx, actor, reference, columns.title ?? '');
  // Two first saves at once: the second finds the first one's row and is told to look again.
  const [saved] = await tx
    .insert(application)
    .values({ workPlanLocale: actor.locale, ...columns, ...own, reference, search })
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
