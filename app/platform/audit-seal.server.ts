import { createPrivateKey, createPublicKey, hkdfSync, type KeyObject, sign } from 'node:crypto';
import { and, asc, desc, gt, isNull, lt, sql } from 'drizzle-orm';
import type { Db, DbOrTx } from '#db/client.server.ts';
import { auditHead, auditRow, auditSeal } from '#db/schema/platform.ts';
import { canonicalJson, sha256 } from './canonical.ts';

/** One sealer at a time, in whatever process: the same number everywhere. */
const SEAL_LOCK = 7_305_2027;

/** Rows sealed in one transaction. */
const BATCH = 2000;

/** What stands before the first row of the chain. */
export const GENESIS = '0'.repeat(64);

/** The columns of an audit row that the chain covers; `at` as text, because a Date drops its microseconds. */
export const chainedColumns = {
  id: auditRow.id,
  at: sql<string>`to_char(${auditRow.at} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`,
  code: auditRow.code,
  actorKind: auditRow.actorKind,
  actorId: auditRow.actorId,
  subjectType: auditRow.subjectType,
  subjectId: auditRow.subjectId,
  institutionId: auditRow.institutionId,
  facts: auditRow.facts,
  requestId: auditRow.requestId,
};

/** SHA-256 over the hash before it and the canonical JSON of the row. */
export function chainHash(previous: string, row: Record<keyof typeof chainedColumns, unknown>): string {
  return sha256(previous + canonicalJson(row));
}

/**
 * Chains committed audit rows that have no seal yet, in the order of their time, by a sequence of its own: a row
 * that a slow transaction commits late gets a later number, but is never passed over. Bounded: call again while
 * `more`.
 *
 * @param options.whole look at every row, not only at those since a day before the last sealed one. The daily
 *   signing does.
 * @returns how many were sealed; none when another process is sealing.
 */
export async function sealAudit(
  db: Db,
  options: { batch?: number; whole?: boolean } = {},
): Promise<{ sealed: number; more: boolean }> {
  const batch = options.batch ?? BATCH;
  return db.transaction(async (tx) => {
    const lock = await tx.execute<{ held: boolean }>(
      sql`select pg_try_advisory_xact_lock(${SEAL_LOCK}) as held`,
    );
    if (!lock.rows[0]?.held) return { sealed: 0, more: false };
    const last = await lastSeal(tx);
    const rows = await tx
      .select(chainedColumns)
      .from(auditRow)
      .leftJoin(auditSeal, sql`${auditSeal.auditId} = ${auditRow.id}`)
      .where(
        and(
          isNull(auditSeal.auditId),
          last && !options.whole ? gt(auditRow.at, since(last.auditId)) : undefined,
        ),
      )
      .orderBy(asc(auditRow.at), asc(auditRow.id))
      .limit(batch);
    if (rows.length === 0) return { sealed: 0, more: false };
    let hash = last?.hash ?? GENESIS;
    const first = (last?.sequence ?? 0) + 1;
    const seals = rows.map((row, index) => {
      hash = chainHash(hash, row);
      return { sequence: first + index, auditId: row.id, hash };
    });
    await tx.insert(auditSeal).values(seals);
    return { sealed: seals.length, more: seals.length === batch };
  });
}

/** Seals until nothing is left. Returns how many rows were sealed. */
export async function sealAll(db: Db, options: { batch?: number; whole?: boolean } = {}): Promise<number> {
  let total = 0;
  for (;;) {
    const { sealed, more } = await sealAudit(db, options);
    total += sealed;
    if (!more) return total;
  }
}

/**
 * Signs the head of the chain as it stood when the last day (UTC) ended. Days without a new row, and days on which
 * the portal did not run, get no head of their own: the next head covers them.
 *
 * @param authSecret `AUTH_SECRET`, from which the key is derived.
 * @returns the day signed, null when there was nothing new.
 */
export async function signDay(db: Db, authSecret: string, now = new Date()): Promise<string | null> {
  await sealAll(db, { whole: true });
  const midnight = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()));
  const day = new Date(midnight.getTime() - 1).toISOString().slice(0, 10);
  const [seal] = await db
    .select()
    .from(auditSeal)
    .where(lt(auditSeal.sealedAt, midnight))
    .orderBy(desc(auditSeal.sequence))
    .limit(1);
  const [former] = await db.select().from(auditHead).orderBy(desc(auditHead.sequence)).limit(1);
  if (!seal || (former && former.sequence >= seal.sequence)) return null;
  const { privateKey, publicKey } = headKey(authSecret);
  const head = { day, sequence: seal.sequence, hash: seal.hash };
  const written = await db
    .insert(auditHead)
    .values({
      ...head,
      signature: sign(null, headBytes(head), privateKey).toString('base64'),
      publicKey: publicKeyText(publicKey),
    })
    .onConflictDoNothing()
    .returning({ day: auditHead.day });
  return written.length > 0 ? day : null;
}

/** What the signature of a day's head is over. */
export function headBytes(head: { day: string; sequence: number; hash: string }): Buffer {
  const { day, sequence, hash } = head;
  return Buffer.from(canonicalJson({ day, sequence, hash }));
}

/**
 * The Ed25519 key that signs heads, derived from `AUTH_SECRET` by HKDF-SHA-256 (RFC 5869), so that there is no
 * further secret to keep. A new `AUTH_SECRET` is a new key: heads signed before keep their public key in the row,
 * and verification tells them apart.
 */
export function headKey(authSecret: string): { privateKey: KeyObject; publicKey: KeyObject } {
  const seed = Buffer.from(hkdfSync('sha256', authSecret, '', 'setu-most audit head', 32));
  // RFC 8410: the fixed beginning of a PKCS #8 text that holds an Ed25519 seed.
  const prefix = Buffer.from('302e020100300506032b657004220420', 'hex');
  const privateKey = createPrivateKey({ key: Buffer.concat([prefix, seed]), format: 'der', type: 'pkcs8' });
  return { privateKey, publicKey: createPublicKey(privateKey) };
}

/** A public key as it stands in the head's row: SPKI in base64. */
export function publicKeyText(key: KeyObject): string {
  return key.export({ format: 'der', type: 'spki' }).toString('base64');
}

async function lastSeal(db: DbOrTx) {
  const [last] = await db.select().from(auditSeal).orderBy(desc(auditSeal.sequence)).limit(1);
  return last;
}

/** A day before the last sealed row: no transaction stays open so long, so nothing unsealed is older. */
function since(auditId: string) {
  return sql`(select last.at - interval '1 day' from ${auditRow} last where last.id = ${auditId})`;
}
