import { and, asc, eq, gt, inArray, isNull, lt, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { vaultSearchPath } from '#db/migrate-vault.server.ts';
import type { Side } from '#db/schema/shared.ts';
import { vaultRecord } from '#db/schema/vault.ts';
import { unavailable } from './outcome.ts';
import { openValue, sealValue, type VaultKey } from './vault-crypto.server.ts';

/** Longest wait for a vault, connecting or answering, in milliseconds. */
const PATIENCE = 2000;
/** How long a vault that did not answer counts as away without being asked, in milliseconds. */
const AWAY = 5000;

export type VaultSettings = { url: string; keys: VaultKey[]; schemaName?: string | undefined };

/** A record as the sweep sees it: never its value. */
export type VaultTrace = { id: string; erased: boolean };

/** A value on its way into a vault. */
export type NewRecord = { id: string; personId: string; field: string; value: string };

/** One side's vault. Every method throws the Refusal `unavailable` with `vault.away` when it cannot be reached. */
export type Vault = {
  side: Side;
  /** Keeps values, each under its id, in one statement; the same id again changes nothing. */
  put(records: readonly NewRecord[]): Promise<void>;
  /** The value in clear; null when it was erased or never kept. Commit the audit row first: `revealValue` does. */
  reveal(id: string, bound: { personId: string; field: string }): Promise<string | null>;
  /** Destroys the value, the record stays as an empty trace; again changes nothing. */
  erase(id: string): Promise<void>;
  /** Whether the vault answers now. Never throws. */
  available(): Promise<boolean>;
  /** Traces of records made before `olderThan`, by id, after the one given: for the sweep. */
  traces(olderThan: Date, after: string | null, limit: number): Promise<VaultTrace[]>;
  /** Which of these ids hold a value. */
  holding(ids: string[]): Promise<Set<string>>;
  /** Removes records nobody knows. */
  remove(ids: string[]): Promise<void>;
};

export type Vaults = Record<Side, Vault> & { close(): Promise<void> };

/** Opens both vaults, each on a small pool of its own. Nothing is connected until it is needed. */
export function openVaults(settings: Record<Side, VaultSettings>): Vaults {
  const india = openVault('in', settings.in);
  const russia = openVault('ru', settings.ru);
  return {
    in: india.vault,
    ru: russia.vault,
    async close() {
      await Promise.all([india.close(), russia.close()]);
    },
  };
}

function openVault(side: Side, settings: VaultSettings): { vault: Vault; close: () => Promise<void> } {
  const pool = new pg.Pool({
    connectionString: settings.url,
    ...(settings.schemaName && { options: vaultSearchPath(settings.schemaName) }),
    max: 4,
    connectionTimeoutMillis: PATIENCE,
    query_timeout: PATIENCE,
    statement_timeout: PATIENCE,
    application_name: `setu-most vault ${side}`,
  });
  // An idle connection that breaks must not end the process; the next query finds out.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const db = drizzle(pool, { casing: 'snake_case' });
  const reach = reacher();

  const vault: Vault = {
    side,
    async put(records) {
      if (records.length === 0) return;
      const sealed = records.map(({ id, personId, field, value }) => ({
        id,
        personId,
        field,
        ...sealValue(settings.keys, { personId, field, recordId: id }, value),
      }));
      const written = await reach(() =>
        db.insert(vaultRecord).values(sealed).onConflictDoNothing().returning({ id: vaultRecord.id }),
      );
      if (written.length === records.length) return;
      const fresh = new Set(written.map((one) => one.id));
      const again = records.filter((one) => !fresh.has(one.id));
      const there = await reach(() =>
        db
          .select({ id: vaultRecord.id, personId: vaultRecord.personId, field: vaultRecord.field })
          .from(vaultRecord)
          .where(
            inArray(
              vaultRecord.id,
              again.map((one) => one.id),
            ),
          ),
      );
      const known = new Map(there.map((one) => [one.id, one]));
      for (const { id, personId, field } of again) {
        const kept = known.get(id);
        if (kept?.personId !== personId || kept.field !== field) {
          throw new Error(`Vault record ${id} belongs to another person or field`);
        }
      }
    },
    async reveal(id, { personId, field }) {
      const [found] = await reach(() =>
        db
          .select()
          .from(vaultRecord)
          .where(and(eq(vaultRecord.id, id), isNull(vaultRecord.erasedAt))),
      );
      return found ? openValue(settings.keys, { personId, field, recordId: id }, found) : null;
    },
    async erase(id) {
      await reach(() =>
        db
          .update(vaultRecord)
          .set({ ciphertext: Buffer.alloc(0), nonce: Buffer.alloc(0), erasedAt: new Date() })
          .where(and(eq(vaultRecord.id, id), isNull(vaultRecord.erasedAt))),
      );
    },
    async available() {
      try {
        await reach(() => db.execute(sql`select 1 from ${vaultRecord} limit 1`));
        return true;
      } catch {
        return false;
      }
    },
    async traces(olderThan, after, limit) {
      const { id, createdAt, erasedAt } = vaultRecord;
      return reach(() =>
        db
          .select({ id, erased: sql<boolean>`${erasedAt} is not null` })
          .from(vaultRecord)
          .where(and(lt(createdAt, olderThan), after ? gt(id, after) : undefined))
          .orderBy(asc(id))
          .limit(limit),
      );
    },
    async holding(ids) {
      if (ids.length === 0) return new Set();
      const found = await reach(() =>
        db
          .select({ id: vaultRecord.id })
          .from(vaultRecord)
          .where(and(inArray(vaultRecord.id, ids), isNull(vaultRecord.erasedAt))),
      );
      return new Set(found.map((record) => record.id));
    },
    async remove(ids) {
      if (ids.length > 0) await reach(() => db.delete(vaultRecord).where(inArray(vaultRecord.id, ids)));
    },
  };
  return { vault, close: () => pool.end() };
}

/**
 * Runs a query against a vault that may be away. After a failure to reach it nobody waits again for a few seconds:
 * the portal goes on without it.
 */
function reacher() {
  let awayUntil = 0;
  return async <T>(query: () => PromiseLike<T>): Promise<T> => {
    if (performance.now() < awayUntil) throw unavailable('vault.away');
    try {
      return await query();
    } catch (error) {
      if (!isAway(error)) throw error;
      awayUntil = performance.now() + AWAY;
      throw unavailable('vault.away');
    }
  };
}

/**
 * Whether the vault could not be reached or let us in. What PostgreSQL itself says of our statement is a bug of ours,
 * except that it is going down (57), is full (53), broken (58) or lets us in no more (28, 3D, 08).
 */
function isAway(error: unknown): boolean {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof pg.DatabaseError)) return cause instanceof Error && !(cause instanceof TypeError);
  return /^(08|28|3D|53|57|58)/.test(cause.code ?? '');
}
