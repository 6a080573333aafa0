import { and, asc, desc, eq, inArray, isNull, lt, sql } from 'drizzle-orm';
import type { DbOrTx, Tx } from '#db/client.server.ts';
import { signature, version } from '#db/schema/platform.ts';
import type { Locale } from '#db/schema/shared.ts';
import type { Actor, PersonActor } from './actor.ts';
import { audit } from './audit.server.ts';
import { contentHash } from './canonical.ts';
import { forbidden, notFound, stale } from './outcome.ts';

export type Version = typeof version.$inferSelect;
export type Signature = typeof signature.$inferSelect;

/** Whose signature a text needs: one person of that institution, signing as `capacity`. */
export type Party = { institutionId: string; capacity: string };

/** What a signature is over: the content together with the number of its schema, so neither changes alone. */
export function versionHash(schemaVersion: number, content: Record<string, unknown>): string {
  return contentHash({ schemaVersion, content });
}

/**
 * Adds the next version of a text. Its predecessor is superseded and the signatures given there are
 * voided with the reason `superseded`, because nobody agreed to the new text yet.
 *
 * @param input.content both languages, and the hashes of attached files.
 * @param input.standing the predecessor is in force, signed by all: it stands until all have signed this one.
 */
export async function addVersion(
  tx: Tx,
  input: {
    subjectType: string;
    subjectId: string;
    schemaVersion: number;
    content: Record<string, unknown>;
    createdBy: Actor;
    institutionId?: string | null;
    reason?: string | null;
    standing?: boolean;
  },
): Promise<Version> {
  const { subjectType, subjectId, schemaVersion, content } = input;
  // Two authors at once: the second waits, and gets the next number.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`${subjectType}:${subjectId}`}, 0))`);
  const earlier = await versionsOf(tx, subjectType, subjectId);
  const open = earlier.filter((v) => v.supersededAt === null);
  // Completion supersedes all before it, so the one in force is always the oldest that is open.
  const replaced = input.standing ? open.slice(1) : open;
  await supersede(
    tx,
    replaced.map((v) => v.id),
    'superseded',
  );
  const [added] = await tx
    .insert(version)
    .values({
      subjectType,
      subjectId,
      schemaVersion,
      content,
      number: (earlier.at(-1)?.number ?? 0) + 1,
      hash: versionHash(schemaVersion, content),
      reason: input.reason ?? null,
      createdBy: input.createdBy.kind === 'system' ? null : input.createdBy.personId,
    })
    .returning();
  if (!added) throw new Error('The version was not inserted');
  await audit(tx, {
    code: 'version.added',
    actor: input.createdBy,
    subject: { type: subjectType, id: subjectId },
    institutionId: input.institutionId ?? null,
    facts: { version: added.number, hash: added.hash },
  });
  return added;
}

/** The newest version that is not superseded: the one to read and to sign. */
export async function currentVersion(
  db: DbOrTx,
  subjectType: string,
  subjectId: string,
): Promise<Version | null> {
  const [found] = await db
    .select()
    .from(version)
    .where(and(ofSubject(subjectType, subjectId), isNull(version.supersededAt)))
    .orderBy(desc(version.number))
    .limit(1);
  return found ?? null;
}

/** All versions of a text, the oldest first. */
export async function versionsOf(db: DbOrTx, subjectType: string, subjectId: string): Promise<Version[]> {
  return db.select().from(version).where(ofSubject(subjectType, subjectId)).orderBy(asc(version.number));
}

/** Signatures of a version, voided ones too, in the order they were given. */
export async function signaturesOf(db: DbOrTx, versionId: string): Promise<Signature[]> {
  return db
    .select()
    .from(signature)
    .where(eq(signature.versionId, versionId))
    .orderBy(asc(signature.signedAt), asc(signature.id));
}

/**
 * Signs the version whose hash was on the screen. Signing the same twice (a double submit) changes nothing.
 * When the last party has signed, every earlier version of the text is superseded.
 *
 * @param input.parties all whose signatures the text needs.
 * @returns the signature, and whether now all parties have signed.
 * @throws Refusal `stale` when another text is in force or that pen was used meanwhile; `forbidden` when the
 *   actor's institution and capacity are no party, or when the person signed in another capacity.
 */
export async function signVersion(
  tx: Tx,
  input: {
    versionId: string;
    hashShown: string;
    actor: PersonActor;
    institutionId: string;
    capacity: string;
    locale: Locale;
    parties: Party[];
    now?: Date;
  },
): Promise<{ signature: Signature; complete: boolean }> {
  const { actor, institutionId, capacity } = input;
  const text = await lockVersion(tx, input.versionId);
  if (text.supersededAt !== null || text.hash !== input.hashShown) throw stale();
  if (!input.parties.some((party) => isParty(party, { institutionId, capacity }))) throw forbidden();

  const given = await signaturesOf(tx, text.id);
  const own = given.find((s) => s.personId === actor.personId);
  if (own && (own.voidedAt !== null || !isParty(own, { institutionId, capacity }))) {
    throw own.voidedAt === null ? forbidden('signatures.otherCapacity') : stale();
  }
  const standing = given.filter((s) => s.voidedAt === null);
  if (own) return { signature: own, complete: allSigned(input.parties, standing) };
  if (standing.some((s) => isParty(s, { institutionId, capacity }))) throw stale();

  const [added] = await tx
    .insert(signature)
    .values({
      versionId: text.id,
      personId: actor.personId,
      institutionId,
      capacity,
      locale: input.locale,
      hash: text.hash,
      signedAt: input.now ?? new Date(),
    })
    .returning();
  if (!added) throw new Error('The signature was not inserted');
  await audit(tx, {
    code: 'version.signed',
    actor,
    subject: { type: text.subjectType, id: text.subjectId },
    institutionId,
    facts: { version: text.number, hash: text.hash, capacity, locale: input.locale },
  });
  const complete = allSigned(input.parties, [...standing, added]);
  if (complete) await supersedeBefore(tx, text);
  return { signature: added, complete };
}

/** Voids what was signed on a version, visibly: the rows stay, with the reason's code. */
export async function voidSignatures(tx: Tx, versionId: string, reason: string): Promise<Signature[]> {
  return voidOn(tx, [versionId], reason);
}

async function lockVersion(tx: Tx, versionId: string): Promise<Version> {
  const [text] = await tx.select().from(version).where(eq(version.id, versionId)).for('update');
  if (!text) throw notFound();
  // The trigger keeps content as it is; should somebody get past it, nobody signs the forgery.
  if (versionHash(text.schemaVersion, text.content) !== text.hash) {
    throw new Error(`Version ${text.id} does not have the content of its hash`);
  }
  return text;
}

async function supersedeBefore(tx: Tx, text: Version): Promise<void> {
  const former = await tx
    .select({ id: version.id })
    .from(version)
    .where(
      and(
        ofSubject(text.subjectType, text.subjectId),
        lt(version.number, text.number),
        isNull(version.supersededAt),
      ),
    );
  await supersede(
    tx,
    former.map((v) => v.id),
    'replaced',
  );
}

async function supersede(tx: Tx, ids: string[], reason: string): Promise<void> {
  if (ids.length === 0) return;
  await tx.update(version).set({ supersededAt: new Date() }).where(inArray(version.id, ids));
  await voidOn(tx, ids, reason);
}

async function voidOn(tx: Tx, versionIds: string[], reason: string): Promise<Signature[]> {
  return tx
    .update(signature)
    .set({ voidedAt: new Date(), voidedReason: reason })
    .where(and(inArray(signature.versionId, versionIds), isNull(signature.voidedAt)))
    .returning();
}

function ofSubject(subjectType: string, subjectId: string) {
  return and(eq(version.subjectType, subjectType), eq(version.subjectId, subjectId));
}

function isParty(a: Party, b: Party): boolean {
  return a.institutionId === b.institutionId && a.capacity === b.capacity;
}

function allSigned(parties: Party[], signatures: Party[]): boolean {
  return parties.every((party) => signatures.some((s) => isParty(s, party)));
}
