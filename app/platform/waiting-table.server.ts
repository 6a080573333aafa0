import { and, eq, isNull, like, lt } from 'drizzle-orm';
import { validate as isUuid } from 'uuid';
import { z } from 'zod';
import type { Db } from '#db/client.server.ts';
import { file, vaultFact } from '#db/schema/platform.ts';
import type { Side } from '#db/schema/shared.ts';
import type { PersonActor } from './actor.ts';
import { daysAfter } from './calendar.ts';
import type { FileStore } from './file-store.server.ts';
import { eraseFile, keepFile } from './files.server.ts';
import { keepInVault } from './keep-in-vault.server.ts';
import { notFound, stale } from './outcome.ts';
import { defineJob, type JobDef } from './queue.server.ts';
import type { ReceivedFile } from './receive-form.server.ts';
import { revealValue } from './reveal-value.server.ts';
import type { Vaults } from './vault.server.ts';

/** Where a table waits between the preview of its import and the confirmation; only who sent it sees it again. */
export type Shelf = {
  /**
   * @param sent the file it came in, where there was one: a shelf in the store keeps that
   * @returns the id under which it waits
   */
  put(bytes: Uint8Array, sent?: ReceivedFile): Promise<string>;
  /** @throws Refusal `not-found` for what is not theirs or of another import, `stale` for what is done with */
  open(id: string): Promise<Uint8Array>;
  forget(id: string, now: Date): Promise<void>;
};

/** How long a table waits to be put right, in days. */
const WAITS = 7;
/** What the kind of every waiting file ends in: by this the nightly job knows them. */
const KIND = '-import';

/** A shelf in the store of files, for tables without sensitive values. */
export function fileShelf(
  db: Db,
  store: FileStore,
  of: { ownerId: string; kind: `${string}${typeof KIND}`; subjectId: string | null },
): Shelf {
  const { ownerId, kind, subjectId } = of;
  return {
    async put(_bytes, sent) {
      if (!sent) throw new TypeError('the store keeps files that were received');
      await keepFile(db, sent, { ownerId, subjectType: kind, subjectId });
      return sent.id;
    },
    async open(id) {
      if (!isUuid(id)) throw notFound();
      const [found] = await db
        .select({ erasedAt: file.erasedAt })
        .from(file)
        .where(
          and(
            eq(file.id, id),
            eq(file.ownerId, ownerId),
            eq(file.subjectType, kind),
            subjectId === null ? isNull(file.subjectId) : eq(file.subjectId, subjectId),
          ),
        );
      // Sent twice, it was imported by the first.
      if (found?.erasedAt) throw stale('staleState');
      const stream = found && (await store.open(id));
      if (!stream) throw notFound();
      return new Uint8Array(await new Response(stream).arrayBuffer());
    },
    forget: (id, now) => eraseFile(db, id, now),
  };
}

/** A shelf in the vault of a side, for tables full of passports: one at a time for each who sends one. */
export function vaultShelf(
  db: Db,
  vaults: Vaults,
  actor: PersonActor,
  of: { side: Side; field: string; subject: Record<string, string>; now: Date },
): Shelf {
  const { side, field, subject, now } = of;
  return {
    async put(bytes) {
      const { id } = await keepInVault(db, vaults, actor, {
        personId: actor.personId,
        institutionId: actor.institutionId,
        side,
        field,
        value: Buffer.from(bytes).toString('base64'),
        facts: subject,
        eraseOn: daysAfter(now.toISOString().slice(0, 10), WAITS),
      });
      return id;
    },
    async open(id) {
      if (!isUuid(id)) throw notFound();
      const [fact] = await db
        .select({ facts: vaultFact.facts, erasedAt: vaultFact.erasedAt })
        .from(vaultFact)
        .where(and(eq(vaultFact.id, id), eq(vaultFact.personId, actor.personId), eq(vaultFact.field, field)));
      const isOfSubject = Object.entries(subject).every(([name, value]) => fact?.facts[name] === value);
      if (!fact || !isOfSubject) throw notFound();
      if (fact.erasedAt) throw stale('staleState');
      return Buffer.from(await revealValue(db, vaults, actor, id, 'import'), 'base64');
    },
    async forget(id, when) {
      // Main gives the list up now; the hourly sweep empties the vault's record.
      await db.update(vaultFact).set({ erasedAt: when }).where(eq(vaultFact.id, id));
    },
  };
}

/**
 * Erases the files of imports that nobody has brought to an end within a week. What waits in a vault has its date there.
 *
 * @returns how many were erased
 */
export async function forgetTables(db: Db, now: Date): Promise<number> {
  const before = new Date(now.getTime() - WAITS * 86_400_000);
  const abandoned = await db
    .select({ id: file.id })
    .from(file)
    .where(and(like(file.subjectType, `%${KIND}`), isNull(file.erasedAt), lt(file.createdAt, before)));
  for (const { id } of abandoned) await eraseFile(db, id, now);
  return abandoned.length;
}

/** Before the nightly sweep of files, which takes the bytes of what is erased here. */
export const forgetTablesJob = defineJob({
  name: 'imports.forget',
  schema: z.object({}),
  cron: '10 1 * * *',
  handle: async (_payload, { db }) => {
    await forgetTables(db, new Date());
  },
}) as JobDef;
