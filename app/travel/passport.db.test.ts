import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PersonActor } from '#app/platform/actor.ts';
import { openVaults } from '#app/platform/vault.server.ts';
import { parseVaultKeys } from '#app/platform/vault-crypto.server.ts';
import { migrateVault } from '#db/migrate-vault.server.ts';
import { institution, person } from '#db/schema/people.ts';
import { vaultFact } from '#db/schema/platform.ts';
import type { Side } from '#db/schema/shared.ts';
import { useDatabase } from '#tests/support/database.ts';
import { keepPassport } from './keep-passport.ts';
import { ownPassport } from './queries.ts';
import { revealPassport } from './reveal-passport.ts';

const { db, url } = await useDatabase();
const keys = parseVaultKeys(randomBytes(32).toString('base64'));
const vaults = openVaults({
  in: { url, schemaName: 'vault_in', keys },
  ru: { url, schemaName: 'vault_ru', keys },
});
afterAll(() => vaults.close());
beforeAll(async () => {
  await migrateVault(url, { schemaName: 'vault_in' });
  await migrateVault(url, { schemaName: 'vault_ru' });
});

const now = new Date('2026-11-21T10:00:00Z');
const typed = { number: 'z1234567', nationality: 'Indian', issued: '2022-05-02', validUntil: '2032-05-01' };

async function someone(side: Side | null): Promise<PersonActor> {
  const name = { en: 'X', ru: 'X' };
  const [place] = await db
    .insert(institution)
    .values({ code: uuidv7(), name, shortName: name, side, timeZone: 'UTC' })
    .returning();
  const institutionId = place?.id ?? '';
  const [added] = await db.insert(person).values({ institutionId, familyName: 'Kumari' }).returning();
  return {
    kind: 'person',
    personId: added?.id ?? '',
    accountId: uuidv7(),
    institutionId,
    side,
    grants: [],
    locale: 'en',
    timeZone: 'UTC',
    confirmedAt: now,
  };
}

describe('a passport', () => {
  it.each(['in', 'ru'] as const)(
    'lies in the vault of the side %s; main knows until when it is valid',
    async (side) => {
      const actor = await someone(side);
      await keepPassport(db, vaults, actor, typed, now);
      const facts = await db.select().from(vaultFact).where(eq(vaultFact.personId, actor.personId));
      expect(facts).toMatchObject([
        { side, field: 'passport', validUntil: '2032-05-01', eraseOn: '2032-05-02', facts: {} },
      ]);
      expect(JSON.stringify(facts)).not.toContain('1234567');
      expect(await revealPassport(db, vaults, actor)).toEqual({ ...typed, number: 'Z1234567' });
    },
  );

  it('is nobody else’s to see', async () => {
    const [owner, other] = [await someone('in'), await someone('in')];
    await keepPassport(db, vaults, owner, typed, now);
    expect(await ownPassport(db, other)).toBeNull();
    await expect(revealPassport(db, vaults, other)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('is not taken from people of neither side', async () => {
    const actor = await someone(null);
    await expect(keepPassport(db, vaults, actor, typed, now)).rejects.toMatchObject({
      reason: 'travel.noSide',
    });
  });

  it('is refused field by field', async () => {
    const attempt = keepPassport(
      db,
      vaults,
      await someone('in'),
      { number: '??', issued: '2030-01-01' },
      now,
    );
    await expect(attempt).rejects.toMatchObject({
      code: 'invalid',
      fields: {
        number: ['travel.passportNumber'],
        nationality: ['required'],
        issued: ['travel.issuedLater'],
        validUntil: ['required'],
      },
    });
  });
});
