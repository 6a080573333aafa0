import { and, asc, desc, eq, gte, inArray, lt, ne, or } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { institutionsOf, permits } from '#app/people/access.ts';
import { institutions, namesOf } from '#app/people/queries.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { forbidden, notFound } from '#app/platform/outcome.ts';
import { currentVersion, signaturesOf, versionsOf } from '#app/platform/versions.server.ts';
import type { DbOrTx } from '#db/client.server.ts';
import { application, call } from '#db/schema/exchanges.ts';
import { institution } from '#db/schema/people.ts';
import { exchangeRules } from '../policy.ts';
import { callsVisibleTo, findCall, isPublic } from '../scope.ts';
import { signingParties } from './call-columns.ts';
import { whomToWrite } from './call-contacts.ts';
import { callDifference } from './call-difference.ts';
import { callShape } from './call-schema.ts';
import { comesTooLate, signedStep } from './signed-step.ts';
import { contentInForce } from './succeed-call.ts';

/** Past calls the public list shows; older ones stand in the archive. */
const PAST_SHOWN = 20;

const listed = {
  reference: call.reference,
  title: call.title,
  summary: call.summary,
  direction: call.direction,
  opensAt: call.opensAt,
  deadline: call.deadline,
  weeksMin: call.weeksMin,
  weeksMax: call.weeksMax,
  placesToIn: call.placesToIn,
  placesToRu: call.placesToRu,
  state: call.state,
  stateAt: call.stateAt,
};

/**
 * Calls that were published: those still open or to come, the nearest deadline first, and the latest past ones, among
 * them those that were cancelled before their deadline. A deadline that has passed counts at once, whatever the job
 * that closes calls has come to.
 */
export async function listCalls(db: DbOrTx, now: Date) {
  const [current, past] = await Promise.all([
    db
      .select(listed)
      .from(call)
      .where(and(eq(call.state, 'published'), gte(call.deadline, now)))
      .orderBy(asc(call.deadline), asc(call.id)),
    db
      .select(listed)
      .from(call)
      .where(
        and(isPublic, ne(call.state, 'archived'), or(ne(call.state, 'published'), lt(call.deadline, now))),
      )
      .orderBy(desc(call.deadline), desc(call.id))
      .limit(PAST_SHOWN),
  ]);
  return {
    open: current.filter((one) => one.opensAt <= now),
    upcoming: current.filter((one) => one.opensAt > now),
    past,
  };
}

/** Calls of the actor's institutions that are not public yet. */
export async function callsInPreparation(db: DbOrTx, actor: PersonActor) {
  const coordinated = institutionsOf(actor, 'coordinator');
  if (coordinated.length === 0) return [];
  return db
    .select(listed)
    .from(call)
    .where(
      and(
        inArray(call.state, ['draft', 'half-signed']),
        or(inArray(call.signerIn, coordinated), inArray(call.signerRu, coordinated)),
      ),
    )
    .orderBy(desc(call.id))
    .limit(PAST_SHOWN);
}

/**
 * A call with the institutions that sign it, and the actor's own application to it where there is one.
 *
 * @throws Refusal `not-found` when it is not published and not the actor's to sign.
 */
export async function callPage(db: DbOrTx, actor: PersonActor | null, reference: string) {
  const [signerIn, signerRu] = [alias(institution, 'signer_in'), alias(institution, 'signer_ru')];
  const [row] = await db
    .select({ call, in: signerIn.name, ru: signerRu.name })
    .from(call)
    .innerJoin(signerIn, eq(signerIn.id, call.signerIn))
    .innerJoin(signerRu, eq(signerRu.id, call.signerRu))
    .where(and(eq(call.reference, reference), callsVisibleTo(actor)));
  if (!row) throw notFound();
  const mayEdit = actor !== null && permits(exchangeRules['calls.edit'], actor, row.call);
  const [own] = actor
    ? await db
        .select({ reference: application.reference, state: application.state })
        .from(application)
        .where(and(eq(application.callId, row.call.id), eq(application.applicantId, actor.personId)))
    : [];
  const [text, contacts] = await Promise.all([
    row.call.publishedVersionId ? contentInForce(db, row.call) : null,
    actor ? whomToWrite(db, actor, row.call) : [],
  ]);
  return {
    call: row.call,
    signers: { in: row.in, ru: row.ru },
    own: own ?? null,
    mayEdit,
    contacts,
    /** Why the deadline was moved, where it was. */
    extension: text?.extension ?? null,
  };
}

/**
 * What a coordinator starts from who extends a call or calls it off: the text in force, and whether a successor that
 * was proposed before waits for signatures.
 *
 * @throws Refusal `not-found` out of scope, `forbidden` to anyone but the coordinators of the signing institutions.
 */
export async function successorPage(db: DbOrTx, actor: PersonActor, reference: string) {
  const found = await findCall(db, actor, reference);
  if (!permits(exchangeRules['calls.edit'], actor, found)) throw forbidden();
  const newest = await currentVersion(db, 'call', found.id);
  if (!newest) throw notFound();
  return { call: found, hash: newest.hash, pending: newest.id !== found.publishedVersionId };
}

/**
 * The text to be signed, who has signed it, and what changed since the version before.
 *
 * @throws Refusal `not-found` out of scope, `forbidden` to anyone but the coordinators of the signing institutions.
 */
export async function signaturePage(db: DbOrTx, actor: PersonActor, reference: string) {
  const found = await findCall(db, actor, reference);
  if (!permits(exchangeRules['calls.sign'], actor, found)) throw forbidden();
  const version = await currentVersion(db, 'call', found.id);
  if (!version) throw notFound();
  const content = callShape.parse(version.content);
  const [versions, all] = await Promise.all([versionsOf(db, 'call', found.id), institutions(db)]);
  // A successor is held against what is in force; the drafts that were replaced on the way are nobody's concern.
  const inForce = versions.find((one) => one.id === found.publishedVersionId && one.id !== version.id);
  const prior = versions.filter((one) => one.number < version.number).at(-1) ?? null;
  const earlier = inForce ?? prior;
  const before = earlier ? callShape.parse(earlier.content) : null;
  const [given, voided] = await Promise.all([
    signaturesOf(db, version.id),
    prior ? signaturesOf(db, prior.id) : [],
  ]);
  const signatures = [...voided.filter((one) => one.voidedAt !== null), ...given];
  const names = await namesOf(
    db,
    signatures.map((one) => one.personId),
  );
  const standing = given.filter((one) => one.voidedAt === null);
  const coordinated = institutionsOf(actor, 'coordinator');
  const makes = signedStep(found, content);
  const proposed = version.id !== found.publishedVersionId;
  const tooLate = proposed && comesTooLate(found, makes);
  return {
    call: found,
    version,
    /** What both signatures make of the call. */
    makes,
    /** Not in force, and can no longer come into force. */
    tooLate,
    content,
    changes: before ? callDifference(before, content) : [],
    before,
    earlier: earlier?.number ?? null,
    prior: prior?.number ?? null,
    parties: signingParties(content).map(({ institutionId }) => ({
      institution: all.find((one) => one.id === institutionId) ?? null,
      signature: standing.find((one) => one.institutionId === institutionId) ?? null,
    })),
    voided: signatures.filter((one) => one.voidedAt !== null),
    institutions: all,
    names,
    maySign:
      proposed &&
      !tooLate &&
      [content.signerIn, content.signerRu].some(
        (id) => coordinated.includes(id) && !standing.some((one) => one.institutionId === id),
      ),
  };
}
