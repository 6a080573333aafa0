import { randomBytes } from 'node:crypto';
import net from 'node:net';
import { eq, sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '#db/client.server.ts';
import { migrateVault } from '#db/migrate-vault.server.ts';
import { institution, person } from '#db/schema/people.ts';
import { auditRow, vaultFact } from '#db/schema/platform.ts';
import { cloneDatabase, useDatabase } from '#tests/support/database.ts';
import type { PersonActor } from './actor.ts';
import { keepInVault } from './keep-in-vault.server.ts';
import { revealValue } from './reveal-value.server.ts';
import { sweepVaults } from './sweep-vaults.server.ts';
import { openVaults } from './vault.server.ts';
import { parseVaultKeys } from './vault-crypto.server.ts';

const { db, url } = await useDatabase();
// One vault in a schema of the main database, as by default; the other in a database of its own.
const apart = await cloneDatabase();
const keys = () => parseVaultKeys(randomBytes(32).toString('base64'));
const settings = {
  in: { url, schemaName: 'vault_in', keys: keys() },
  ru: { url: apart.url, schemaName: 'sealed', keys: keys() },
};
const vaults = openVaults(settings);
afterAll(async () => {
  await vaults.close();
  await apart.drop();
});

let actor: PersonActor;
beforeAll(async () => {
  await migrateVault(url, { schemaName: 'vault_in' });
  await migrateVault(apart.url, { schemaName: 'sealed' });
  const name = { en: 'IN', ru: 'IN' };
  const [place] = await db
    .insert(institution)
    .values({ code: 'IN', name, shortName: name, side: 'in', timeZone: 'UTC' })
    .returning();
  actor = await another(place?.id ?? '');
});

async function another(institutionId = actor.institutionId): Promise<PersonActor> {
  const [human] = await db.insert(person).values({ institutionId, familyName: 'Kumari' }).returning();
  return {
    kind: 'person',
    personId: human?.id ?? '',
    accountId: uuidv7(),
    institutionId,
    side: 'in',
    grants: [],
    locale: 'en',
    timeZone: 'UTC',
    confirmedAt: new Date(),
  };
}

const keep = (who: PersonActor, value: string, more: { eraseOn?: string; side?: 'in' | 'ru' } = {}) =>
  keepInVault(db, vaults, who, {
    personId: who.personId,
    side: more.side ?? 'in',
    field: 'passport',
    value,
    institutionId: who.institutionId,
    validUntil: '2031-05-01',
    eraseOn: more.eraseOn ?? null,
  });

const audited = async (code: string, personId: string) =>
  (await db.select().from(auditRow).where(eq(auditRow.code, code))).filter(
    (row) => row.subjectId === personId,
  ).length;

const records = async (id: string) => {
  const found = await db.execute<{ erased: boolean }>(
    sql`select erased_at is not null as erased from vault_in.vault_record where id = ${id}`,
  );
  return found.rows;
};

/** An address that takes connections and never answers, as a vault behind a broken network does. */
async function silence() {
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => sockets.add(socket)).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as net.AddressInfo;
  return {
    url: `postgres://nobody@127.0.0.1:${port}/vault`,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

describe('a vault', () => {
  it('is migrated twice without harm, and lies where it was told', async () => {
    await migrateVault(url, { schemaName: 'vault_in' });
    const found = await db.execute(
      sql`select 1 from pg_tables where tablename = 'vault_record' and schemaname = 'vault_in'`,
    );
    expect(found.rows).toHaveLength(1);
    const open = await db.execute(
      sql`select 1 from pg_tables where tablename = 'vault_record' and schemaname = 'public'`,
    );
    expect(open.rows).toHaveLength(0);
  });

  it('keeps a value once for an id, and never in clear', async () => {
    const id = uuidv7();
    const record = { id, personId: actor.personId, field: 'passport', value: 'Z1234567' };
    await vaults.in.put([record]);
    await vaults.in.put([record]);
    expect(await vaults.in.reveal(id, record)).toBe('Z1234567');
    const raw = await db.execute<{ hit: boolean }>(
      sql`select position('Z1234567'::bytea in ciphertext) > 0 as hit from vault_in.vault_record where id = ${id}`,
    );
    expect(raw.rows).toEqual([{ hit: false }]);
    await expect(vaults.in.put([{ ...record, personId: uuidv7() }])).rejects.toThrow('another person');
  });

  it('does not open a record moved to another person in SQL', async () => {
    const id = uuidv7();
    await vaults.in.put([{ id, personId: actor.personId, field: 'passport', value: 'Z1234567' }]);
    await expect(vaults.in.reveal(id, { personId: uuidv7(), field: 'passport' })).rejects.toThrow();
    const moved = db.execute(
      sql`update vault_in.vault_record set person_id = gen_random_uuid() where id = ${id}`,
    );
    await expect(moved).rejects.toMatchObject({ cause: { code: '23001' } });
  });

  it('destroys what is erased', async () => {
    const id = uuidv7();
    await vaults.ru.put([{ id, personId: actor.personId, field: 'passport', value: 'Z1234567' }]);
    await vaults.ru.erase(id);
    await vaults.ru.erase(id);
    expect(await vaults.ru.reveal(id, { personId: actor.personId, field: 'passport' })).toBeNull();
  });
});

describe('keeping and revealing', () => {
  it('audits the look before the value is shown', async () => {
    const who = await another();
    const fact = await keep(who, 'Z1234567');
    expect(fact.validUntil).toBe('2031-05-01');
    expect(await revealValue(db, vaults, who, fact.id, 'own')).toBe('Z1234567');
    expect(await audited('vault.kept', who.personId)).toBe(1);
    expect(await audited('vault.revealed', who.personId)).toBe(1);
  });

  it('shows nothing where the audit row cannot be written', async () => {
    const who = await another();
    const fact = await keep(who, 'Z1234567');
    await db.execute(sql`alter table audit_row rename to audit_row_away`);
    await expect(revealValue(db, vaults, who, fact.id, 'own')).rejects.toThrow();
    await db.execute(sql`alter table audit_row_away rename to audit_row`);
  });

  it('replaces a former value and erases it', async () => {
    const who = await another();
    const former = await keep(who, 'OLD');
    const next = await keep(who, 'NEW');
    await expect(revealValue(db, vaults, who, former.id, 'own')).rejects.toMatchObject({ code: 'not-found' });
    expect(await revealValue(db, vaults, who, next.id, 'own')).toBe('NEW');
    expect(await records(former.vaultRecordId)).toEqual([{ erased: true }]);
  });

  it('keeps nothing in main when the vault is away, and says so quickly', async () => {
    const who = await another();
    const dead = await silence();
    const absent = openVaults({ ...settings, in: { ...settings.in, url: dead.url } });
    const started = performance.now();
    const attempt = () =>
      keepInVault(db, absent, who, {
        personId: who.personId,
        side: 'in',
        field: 'passport',
        value: 'x',
        institutionId: null,
      });
    await expect(attempt()).rejects.toMatchObject({ code: 'unavailable', reason: 'vault.away' });
    expect(performance.now() - started).toBeLessThan(4000);
    const remembered = performance.now();
    await expect(attempt()).rejects.toMatchObject({ reason: 'vault.away' });
    expect(await absent.in.available()).toBe(false);
    expect(performance.now() - remembered).toBeLessThan(300);
    expect(await db.select().from(vaultFact).where(eq(vaultFact.personId, who.personId))).toEqual([]);
    expect(await absent.ru.available()).toBe(true);
    dead.close();
    await absent.close();
  });

  it('does not claim a look that an absent vault made impossible', async () => {
    const who = await another();
    const fact = await keep(who, 'Z1234567');
    const absent = openVaults({
      ...settings,
      in: { ...settings.in, url: 'postgres://nobody@127.0.0.1:1/x' },
    });
    await expect(revealValue(db, absent, who, fact.id, 'own')).rejects.toMatchObject({ code: 'unavailable' });
    expect(await audited('vault.revealed', who.personId)).toBe(0);
    await absent.close();
  });
});

describe('the sweep', () => {
  const later = () => new Date(Date.now() + 2 * 3_600_000);

  it('removes records main does not know, once they are an hour old', async () => {
    const id = uuidv7();
    await vaults.in.put([{ id, personId: actor.personId, field: 'visa', value: 'x' }]);
    await sweepVaults(db, vaults);
    expect(await records(id)).toHaveLength(1);
    const { orphans, away } = await sweepVaults(db, vaults, later());
    expect(orphans).toBeGreaterThan(0);
    expect(away).toEqual([]);
    expect(await records(id)).toHaveLength(0);
  });

  it('erases on the date, and says which values are missing', async () => {
    const [due, lost] = [await another(), await another()];
    const fact = await keep(due, 'x', { eraseOn: '2026-01-31' });
    const gone = await keep(lost, 'x');
    await db.execute(sql`delete from vault_in.vault_record where id = ${gone.vaultRecordId}`);
    const swept = await sweepVaults(db, vaults, later());
    expect(swept.due).toBe(1);
    expect(swept.missing).toEqual([gone.id]);
    expect(await records(fact.vaultRecordId)).toEqual([{ erased: true }]);
    expect(await audited('vault.erased', due.personId)).toBe(1);
    expect((await sweepVaults(db, vaults, later())).due).toBe(0);
  });

  it('goes on with the other side when one vault is away', async () => {
    const absent = openVaults({
      ...settings,
      in: { ...settings.in, url: 'postgres://nobody@127.0.0.1:1/x' },
    });
    expect((await sweepVaults(db, absent, later())).away).toEqual(['in']);
    await absent.close();
  });
});

it('main never holds a value in clear', async () => {
  await keep(await another(), 'PLAINLYVISIBLE', { side: 'ru' });
  const main = connect(url, { max: 1 });
  const rows = await main.execute<{ text: string }>(
    sql`select coalesce(string_agg(t::text, ''), '') as text from (select to_jsonb(f) t from vault_fact f union all select to_jsonb(a) from audit_row a) all_rows`,
  );
  await main.$client.end();
  expect(rows.rows[0]?.text).not.toContain('PLAINLYVISIBLE');
});
