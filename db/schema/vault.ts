import { sql } from 'drizzle-orm';
import { index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { bytea, createdAt, id, instant } from './shared.ts';

/**
 * A vault's only table. Each side's vault is reached over a connection of its own whose search path
 * names its schema, so the table carries no schema here and nothing can join across.
 * Migrated by `db/vault-migrations`, apart from the main database.
 */
export const vaultRecord = pgTable(
  'vault_record',
  {
    id: id(),
    personId: uuid().notNull(),
    field: text().notNull(),
    keyName: text().notNull(),
    nonce: bytea().notNull(),
    ciphertext: bytea().notNull(),
    createdAt: createdAt(),
    erasedAt: instant(),
  },
  (t) => [
    index('vault_record_person').on(t.personId),
    uniqueIndex('vault_record_current').on(t.personId, t.field, t.id).where(sql`${t.erasedAt} is null`),
  ],
);
