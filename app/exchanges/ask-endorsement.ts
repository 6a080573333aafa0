import { and, count, eq, inArray } from 'drizzle-orm';
import { permits } from '#app/people/access.ts';
import { introducePerson } from '#app/people/introduce-person.ts';
import { personName } from '#app/people/person-name.ts';
import { institutions } from '#app/people/queries.ts';
import { hasAccount, supervisorsAt } from '#app/people/supervisor-queries.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import { closeLink, makeLink } from '#app/platform/links.server.ts';
import { notify } from '#app/platform/notify.server.ts';
import { forbidden, invalid, notFound, stale } from '#app/platform/outcome.ts';
import { platform } from '#app/platform/runtime.server.ts';
import type { Db, Tx } from '#db/client.server.ts';
import { application, endorsement } from '#db/schema/exchanges.ts';
import { person } from '#db/schema/people.ts';
import { endorsementAskedMessage, endorsementTakenBackMessage } from './endorsement-messages.ts';
import { openCorrection } from './endorsement-queries.ts';
import { exchangeRules } from './policy.ts';
import { isEditable, ownDraft } from './save-application.ts';
import { checked, NOT_LISTED, supervisorSchema } from './schemas.ts';
import { type Application, type Call, findCall } from './scope.ts';

/** Each question writes to somebody: one application may ask so many people in all. */
const MOST_ASKED = 5;
const DAY = 24 * 3600 * 1000;
/** A link works until the application has to be handed in, three weeks at most, a day at least. */
const LINK_DAYS = { least: 1, most: 21 };
/** How the portal names the act of the link. */
export const ENDORSE = 'exchanges.endorse';

/**
 * Asks a supervisor for the endorsement: one from the list of the home institution, or somebody named with an address.
 * Who can sign in is led to the portal; anybody else gets a single-use link.
 *
 * @param input.fields `supervisorId`, or `givenName`, `familyName` and `email`.
 * @param secret from which the link's token is derived.
 * @returns the question's id
 * @throws Refusal `invalid` naming the fields, or `exchanges.endorsementOpen` while another question is open.
 */
export async function askEndorsement(
  db: Db,
  actor: PersonActor,
  input: { callReference: string; fields: Record<string, unknown> },
  now = new Date(),
  secret?: string,
): Promise<string> {
  return db.transaction(async (tx) => {
    const { call, draft } = await ownEditable(tx, actor, input.callReference);
    if (!draft.homeInstitutionId)
      throw invalid('invalid', { fields: { supervisorId: ['exchanges.chooseHome'] } });
    await checkMayAsk(tx, draft.id);
    const { personId, name } = await chosenSupervisor(tx, actor, draft.homeInstitutionId, input.fields);
    if (personId === actor.personId)
      throw invalid('invalid', { fields: { supervisorId: ['exchanges.endorseYourself'] } });
    const [asked] = await tx
      .insert(endorsement)
      .values({ applicationId: draft.id, supervisorId: personId, askedAt: now })
      .returning();
    if (!asked) throw stale();
    const linkId = (await hasAccount(tx, personId))
      ? null
      : await makeLink(
          tx,
          secret ?? platform().config.authSecret,
          { act: ENDORSE, subjectType: 'endorsement', subjectId: asked.id, personId },
          await linkUntil(tx, draft, call, now),
          now,
        );
    if (linkId) await tx.update(endorsement).set({ linkId }).where(eq(endorsement.id, asked.id));
    await tx
      .update(application)
      .set({ homeSupervisor: name, homeSupervisorId: personId })
      .where(eq(application.id, draft.id));
    await audit(tx, {
      code: 'endorsement.asked',
      actor,
      subject: { type: 'application', id: draft.id },
      institutionId: draft.homeInstitutionId,
      facts: { supervisor: personId, link: linkId !== null },
    });
    await notify(tx, endorsementAskedMessage, {
      to: [personId],
      params: { reference: draft.reference, linkId },
      cause: `endorsement:${asked.id}:asked`,
      institutionId: draft.homeInstitutionId,
    });
    return asked.id;
  });
}

/**
 * The applicant takes the question back, answered or not, and may ask somebody else. The link it was sent with closes.
 *
 * @throws Refusal `stale` where nothing is open.
 */
export async function takeBackEndorsement(
  db: Db,
  actor: PersonActor,
  callReference: string,
  now = new Date(),
): Promise<void> {
  await db.transaction(async (tx) => {
    const { draft } = await ownEditable(tx, actor, callReference);
    const [open] = await tx
      .select()
      .from(endorsement)
      .where(and(eq(endorsement.applicationId, draft.id), inArray(endorsement.state, ['asked', 'given'])))
      .for('update');
    if (!open) throw stale('staleState');
    await tx
      .update(endorsement)
      .set({ state: 'taken-back', answeredAt: null })
      .where(eq(endorsement.id, open.id));
    if (open.linkId) await closeLink(tx, open.linkId, now);
    await tx
      .update(application)
      .set({ homeSupervisor: '', homeSupervisorId: null })
      .where(eq(application.id, draft.id));
    await audit(tx, {
      code: 'endorsement.takenBack',
      actor,
      subject: { type: 'application', id: draft.id },
      institutionId: draft.homeInstitutionId,
      facts: { supervisor: open.supervisorId },
    });
    await notify(tx, endorsementTakenBackMessage, {
      to: [open.supervisorId],
      params: { reference: draft.reference },
      cause: `endorsement:${open.id}:taken-back`,
      institutionId: draft.homeInstitutionId,
    });
  });
}

async function ownEditable(tx: Tx, actor: PersonActor, callReference: string) {
  const call = await findCall(tx, null, callReference);
  const draft = await ownDraft(tx, actor, call);
  if (!draft) throw notFound();
  if (!permits(exchangeRules['exchanges.submit'], actor, draft)) throw forbidden();
  if (!isEditable(draft.state)) throw stale('exchanges.alreadySubmitted');
  return { call, draft };
}

async function checkMayAsk(tx: Tx, applicationId: string): Promise<void> {
  const earlier = await tx
    .select({ state: endorsement.state, count: count() })
    .from(endorsement)
    .where(eq(endorsement.applicationId, applicationId))
    .groupBy(endorsement.state);
  if (earlier.some(({ state }) => state === 'asked' || state === 'given'))
    throw invalid('exchanges.endorsementOpen');
  if (earlier.reduce((sum, one) => sum + one.count, 0) >= MOST_ASKED)
    throw invalid('exchanges.endorsementTooMany');
}

/** Whom the form names; the applicant is not told whether an address was known. */
async function chosenSupervisor(
  tx: Tx,
  actor: PersonActor,
  homeInstitutionId: string,
  fields: Record<string, unknown>,
): Promise<{ personId: string; name: string }> {
  const { supervisorId } = fields;
  if (typeof supervisorId === 'string' && supervisorId !== '' && supervisorId !== NOT_LISTED) {
    const found = (await supervisorsAt(tx, homeInstitutionId)).find((one) => one.id === supervisorId);
    if (!found) throw invalid('invalid', { fields: { supervisorId: ['choice'] } });
    return { personId: found.id, name: personName(found, actor.locale) };
  }
  const named = ['givenName', 'familyName', 'email'].some((name) => fields[name]);
  if (!named && supervisorId !== NOT_LISTED)
    throw invalid('invalid', { fields: { supervisorId: ['exchanges.nameSupervisor'] } });
  const who = checked(supervisorSchema, fields);
  const [own] = await tx
    .select({ email: person.email, organisation: person.organisation })
    .from(person)
    .where(eq(person.id, actor.personId));
  if (own?.email?.toLowerCase() === who.email.toLowerCase())
    throw invalid('invalid', { fields: { email: ['exchanges.endorseYourself'] } });
  const known = await institutions(tx);
  const home = known.find((one) => one.id === homeInstitutionId);
  // Being named makes nobody a member of an institution: until its administrator says otherwise they stand outside.
  const outside = known.find((one) => one.side === null);
  if (!outside) throw new Error('there is no institution for people of other organisations');
  const locale = home?.side === 'ru' ? 'ru' : 'en';
  const personId = await introducePerson(tx, actor, {
    ...who,
    institutionId: outside.id,
    organisation: actor.side === null ? (own?.organisation ?? null) : (home?.shortName[locale] ?? null),
    locale,
    timeZone: home?.timeZone ?? actor.timeZone,
  });
  return { personId, name: `${who.givenName} ${who.familyName}` };
}

async function linkUntil(tx: Tx, draft: Application, call: Call, now: Date): Promise<Date> {
  const correction = draft.state === 'returned' ? await openCorrection(tx, draft.id) : null;
  const until = (correction?.dueAt ?? call.deadline).getTime();
  const [least, most] = [LINK_DAYS.least, LINK_DAYS.most].map((days) => now.getTime() + days * DAY);
  return new Date(Math.min(Math.max(until, least ?? until), most ?? until));
}
