import { randomBytes } from 'node:crypto';
import type { Tx } from '#db/client.server.ts';
import { auditDetail, auditRow } from '#db/schema/platform.ts';
import { type Actor, actorId } from './actor.ts';
import { canonicalJson, sha256 } from './canonical.ts';

/** Codes, ids, counts, dates and salted hashes; never a sentence, never a personal value. */
export type AuditFacts = Record<string, string | number | boolean | null>;

/** Values about one person, kept apart so that they can be erased while the row stands. */
export type AuditPersonal = { personId: string; values: Record<string, string> };

/** The fact under which a row carries the digest of its personal detail. */
export const PERSONAL_DIGEST = 'personalDigest';

type AuditEntry = {
  code: string;
  actor: Actor;
  subject: { type: string; id: string };
  institutionId?: string | null;
  facts?: AuditFacts;
  personal?: AuditPersonal;
  requestId?: string | null;
};

/**
 * Inserts the audit row of an act, in the act's own transaction: both are committed or neither.
 *
 * @returns the id of the row.
 * @throws Error (a bug of the caller) for a malformed code or a fact that is a text or an address.
 */
export async function audit(tx: Tx, entry: AuditEntry): Promise<string> {
  const salt = randomBytes(16).toString('hex');
  const [row] = await tx.insert(auditRow).values(rowOf(entry, salt)).returning({ id: auditRow.id });
  if (!row) throw new Error('The audit row was not inserted');
  if (entry.personal) await tx.insert(auditDetail).values({ auditId: row.id, salt, ...entry.personal });
  return row.id;
}

/** As `audit`, for acts that are done together and carry no personal detail: one statement. */
export async function auditMany(tx: Tx, entries: readonly Omit<AuditEntry, 'personal'>[]): Promise<void> {
  if (entries.length > 0) await tx.insert(auditRow).values(entries.map((entry) => rowOf(entry, '')));
}

function rowOf(entry: AuditEntry, salt: string): typeof auditRow.$inferInsert {
  assertBare(entry.code, entry.facts ?? {});
  const digest = entry.personal && { [PERSONAL_DIGEST]: personalDigest(salt, entry.personal.values) };
  return {
    code: entry.code,
    actorKind: entry.actor.kind,
    actorId: actorId(entry.actor),
    subjectType: entry.subject.type,
    subjectId: entry.subject.id,
    institutionId: entry.institutionId ?? null,
    facts: { ...entry.facts, ...digest },
    requestId: entry.requestId ?? null,
  };
}

/** What the chain keeps of personal values: without the salt, which is erased with them, it says nothing. */
export function personalDigest(salt: string, values: Record<string, string>): string {
  return sha256(`${salt}:${canonicalJson(values)}`);
}

function assertBare(code: string, facts: AuditFacts): void {
  if (!/^[a-z][\w-]*(\.[\w-]+)+$/i.test(code)) throw new Error(`"${code}" is no audit code`);
  for (const [name, value] of Object.entries(facts)) {
    if (typeof value === 'string' && !/^[^\s@]{0,200}$/.test(value)) {
      throw new Error(`The fact "${name}" of ${code} is a text; facts are codes, ids and hashes`);
    }
  }
}
