import { createPublicKey, verify } from 'node:crypto';
import { asc, eq, gt, inArray, isNull, sql } from 'drizzle-orm';
import type { Db, Tx } from '#db/client.server.ts';
import { auditDetail, auditHead, auditRow, auditSeal } from '#db/schema/platform.ts';
import { PERSONAL_DIGEST, personalDigest } from './audit.server.ts';
import {
  chainedColumns,
  chainHash,
  GENESIS,
  headBytes,
  headKey,
  publicKeyText,
} from './audit-seal.server.ts';

/**
 * How the chain is broken: a row was changed, its personal detail was changed, a row or a seal is missing, seals stand
 * in another order, or a day's signed head does not fit.
 */
export type Breach = 'changed' | 'detail' | 'missing' | 'order' | 'head';

export type Broken = { sequence: number; auditId: string | null; what: Breach };

export type Verification = {
  ok: boolean;
  /** Audit rows there are. */
  rows: number;
  sealed: number;
  /** Rows not chained yet: nothing can be said of them. */
  unsealed: number;
  /** Days whose head is signed. */
  heads: number;
  /** Heads signed with another key than the portal's present one: `AUTH_SECRET` was changed, or they are forged. */
  otherKey: number;
  firstBroken?: Broken;
};

/** Seals read at once: memory stays flat however long the chain is. */
const BATCH = 5000;

type Seal = Awaited<ReturnType<typeof sealsAfter>>[number];

/**
 * Walks the whole chain, then the signed heads, on one snapshot of the database, and names the first that is broken.
 *
 * @param authSecret `AUTH_SECRET`, from which the key of the heads is derived.
 */
export async function verifyAudit(db: Db, authSecret: string): Promise<Verification> {
  return db.transaction(
    async (tx) => {
      const chain = await walkChain(tx);
      const { heads, otherKey, broken } = await checkHeads(tx, authSecret, chain.length);
      const { rows, unsealed } = await countRows(tx);
      const firstBroken = chain.broken ?? broken;
      return {
        ok: !firstBroken,
        rows,
        sealed: await tx.$count(auditSeal),
        unsealed,
        heads,
        otherKey,
        ...(firstBroken && { firstBroken }),
      };
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
}

async function walkChain(tx: Tx): Promise<{ length: number; broken?: Broken }> {
  let hash = GENESIS;
  let sequence = 0;
  for (;;) {
    const seals = await sealsAfter(tx, sequence);
    for (const seal of seals) {
      const what = breachOf(seal, sequence + 1, hash);
      if (what !== null) {
        const order = what === 'changed' && (await isMisplaced(tx, seal, hash));
        return {
          length: sequence,
          broken: {
            sequence: Math.min(seal.sequence, sequence + 1),
            auditId: seal.sequence === sequence + 1 ? seal.auditId : null,
            what: order ? 'order' : what,
          },
        };
      }
      hash = seal.hash;
      sequence = seal.sequence;
    }
    if (seals.length < BATCH) return { length: sequence };
  }
}

async function sealsAfter(tx: Tx, sequence: number, limit = BATCH) {
  return tx
    .select({
      sequence: auditSeal.sequence,
      auditId: auditSeal.auditId,
      hash: auditSeal.hash,
      row: chainedColumns,
      // The key comes first: by it the query builder tells a row that is not there from one with empty columns.
      detail: {
        id: auditDetail.auditId,
        salt: auditDetail.salt,
        values: auditDetail.values,
        erasedAt: auditDetail.erasedAt,
      },
    })
    .from(auditSeal)
    .leftJoin(auditRow, eq(auditRow.id, auditSeal.auditId))
    .leftJoin(auditDetail, eq(auditDetail.auditId, auditSeal.auditId))
    .where(gt(auditSeal.sequence, sequence))
    .orderBy(asc(auditSeal.sequence))
    .limit(limit);
}

function breachOf(seal: Seal, expected: number, previous: string): Breach | null {
  const row = chained(seal);
  if (seal.sequence !== expected || row === null) return 'missing';
  if (chainHash(previous, row) !== seal.hash) return 'changed';
  return detailFits(row.facts[PERSONAL_DIGEST], seal.detail) ? null : 'detail';
}

/** The row as the chain covers it; null where it is gone (the columns of a missing row are all null). */
function chained(seal: Seal) {
  return seal.row?.id ? seal.row : null;
}

function detailFits(digest: unknown, detail: Seal['detail']): boolean {
  if (digest === undefined) return detail === null || (detail.salt === null && detail.values === null);
  if (detail === null) return false;
  if (detail.erasedAt !== null) return detail.values === null;
  if (detail.salt === null || detail.values === null) return false;
  return personalDigest(detail.salt, detail.values) === digest;
}

/** Whether the row itself is whole but stands in the wrong place: it fits after another seal, or another row fits here. */
async function isMisplaced(tx: Tx, seal: Seal, previous: string): Promise<boolean> {
  const row = chained(seal);
  const near = await sealsAfter(tx, Math.max(0, seal.sequence - BATCH / 2));
  return near.some((other) => {
    if (other.sequence === seal.sequence) return false;
    const otherRow = chained(other);
    const fitsThere = row !== null && chainHash(other.hash, row) === seal.hash;
    const fitsHere = otherRow !== null && chainHash(previous, otherRow) === seal.hash;
    return fitsThere || fitsHere;
  });
}

async function checkHeads(tx: Tx, authSecret: string, chainLength: number) {
  const heads = await tx.select().from(auditHead).orderBy(asc(auditHead.sequence));
  const seals = await hashesOf(
    tx,
    heads.map((head) => head.sequence),
  );
  const ourKey = publicKeyText(headKey(authSecret).publicKey);
  let broken: Broken | undefined;
  for (const head of heads) {
    const cut = head.sequence > chainLength && !seals.has(head.sequence);
    const fits = seals.get(head.sequence) === head.hash && isSignedHead(head);
    if (!fits) {
      broken = { sequence: head.sequence, auditId: null, what: cut ? 'missing' : 'head' };
      break;
    }
  }
  return { heads: heads.length, otherKey: heads.filter((head) => head.publicKey !== ourKey).length, broken };
}

async function hashesOf(tx: Tx, sequences: number[]): Promise<Map<number, string>> {
  if (sequences.length === 0) return new Map();
  const seals = await tx
    .select({ sequence: auditSeal.sequence, hash: auditSeal.hash })
    .from(auditSeal)
    .where(inArray(auditSeal.sequence, sequences));
  return new Map(seals.map((seal) => [seal.sequence, seal.hash]));
}

function isSignedHead(head: typeof auditHead.$inferSelect): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(head.publicKey, 'base64'), format: 'der', type: 'spki' });
    return verify(null, headBytes(head), key, Buffer.from(head.signature, 'base64'));
  } catch {
    // Not even a key: as bad as a wrong signature.
    return false;
  }
}

async function countRows(tx: Tx) {
  const [unsealed] = await tx
    .select({ count: sql<number>`count(*)::int` })
    .from(auditRow)
    .leftJoin(auditSeal, eq(auditSeal.auditId, auditRow.id))
    .where(isNull(auditSeal.auditId));
  return { rows: await tx.$count(auditRow), unsealed: unsealed?.count ?? 0 };
}
