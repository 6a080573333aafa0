import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { system } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import { sealAll, signDay } from '#app/platform/audit-seal.server.ts';
import { openFileStore } from '#app/platform/file-store.server.ts';
import { keepInVault } from '#app/platform/keep-in-vault.server.ts';
import { keepSecrets } from '#app/platform/secrets.server.ts';
import { openVaults } from '#app/platform/vault.server.ts';
import { parseVaultKeys } from '#app/platform/vault-crypto.server.ts';
import { connectPlace, type PlaceUrl } from '#db/backup.server.ts';
import { tablesInOrder } from '#db/backup-tables.server.ts';
import { connect, type Db } from '#db/client.server.ts';
import { type Embedded, startEmbedded } from '#db/embedded.server.ts';
import { migrateDatabase } from '#db/migrate.server.ts';
import { projectRoot } from '#db/project-root.ts';
import { account, institution, person, roleGrant } from '#db/schema/people.ts';
import { delivery, file, message } from '#db/schema/platform.ts';
import { administer, withDatabase } from '#tests/support/database-server.ts';

const home = mkdtempSync(path.join(tmpdir(), 'setu-most-backup-'));
const at = (...names: string[]) => path.join(home, ...names);
const databases: string[] = [];
const passport = 'Z1234567, Шринивасан';
const plan = Buffer.alloc(300_000, 'План работ. ');

/** Runs a command as the operator does, with nothing of this process's environment. */
async function run(script: 'backup' | 'restore', env: Record<string, string>, ...args: string[]) {
  const child = spawn(process.execPath, [`app/${script}.ts`, ...args], {
    cwd: projectRoot,
    env: { PATH: process.env.PATH ?? '', HOME: home, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const [code] = await once(child, 'close');
  return { code, output };
}

const embeddedAt = (dataDir: string): Promise<Embedded> =>
  startEmbedded({ dataDir, fsync: false, log: () => {} });

/** People, a grant, a sealed chain, a passport, a file, a mail that waits, and rows enough for several parts. */
async function fill(db: Db, url: string, dataDir: string, secrets: Record<string, string>): Promise<void> {
  const name = { en: 'Institute', ru: 'Институт' };
  const [place] = await db
    .insert(institution)
    .values({ code: 'TEST', name, shortName: name, side: 'in', timeZone: 'Asia/Kolkata' })
    .returning();
  const institutionId = place?.id ?? '';
  const people = Array.from({ length: 6000 }, (_, index) => ({
    institutionId,
    givenName: `Person\t${index}`,
    familyName: 'O\u2019Neil \\N "quoted"',
    familyNameRu: 'Ёлкин\nвторая строка',
    search: 'x'.repeat(900),
    email: index < 10 ? `person${index}@example.org` : null,
  }));
  for (let from = 0; from < people.length; from += 500)
    await db.insert(person).values(people.slice(from, from + 500));
  const [one, two] = await db.select().from(person).orderBy(person.id).limit(2);
  const [personId, granter] = [one?.id ?? '', two?.id ?? ''];
  await db
    .insert(account)
    .values({ name: 'One', email: 'person0@example.org', emailVerified: true, personId });
  await db.insert(roleGrant).values({ personId, institutionId, role: 'coordinator', grantedBy: granter });
  await db.transaction(async (tx) => {
    for (let number = 0; number < 40; number++) {
      await audit(tx, {
        code: 'grant.given',
        actor: system('test'),
        subject: { type: 'person', id: personId },
        facts: { number },
        personal: { personId, values: { note: 'заметка' } },
      });
    }
  });
  const vaults = openVaults({
    in: { url, schemaName: 'vault_in', keys: parseVaultKeys(secrets.VAULT_IN_KEY ?? '') },
    ru: { url, schemaName: 'vault_ru', keys: parseVaultKeys(secrets.VAULT_RU_KEY ?? '') },
  });
  for (const side of ['in', 'ru'] as const) {
    await keepInVault(db, vaults, system('test'), {
      personId: side === 'in' ? personId : granter,
      institutionId,
      side,
      field: 'passport',
      value: passport,
    });
  }
  await vaults.close();
  await sealAll(db);
  await signDay(db, secrets.AUTH_SECRET ?? '', new Date(Date.now() + 86_400_000));
  const store = openFileStore({ files: { kind: 'disk' }, dataDir });
  const id = uuidv7();
  mkdirSync(store.incoming, { recursive: true });
  writeFileSync(path.join(store.incoming, id), plan);
  writeFileSync(path.join(store.incoming, uuidv7()), 'an upload under way');
  const hash = createHash('sha256').update(plan).digest('hex');
  await store.take(id, path.join(store.incoming, id), {
    size: plan.length,
    hash,
    mediaType: 'application/pdf',
  });
  await db.insert(file).values({
    id,
    ownerId: personId,
    subjectType: 'test',
    name: 'plan.pdf',
    mediaType: 'application/pdf',
    size: plan.length,
    hash,
  });
  const [sent] = await db.insert(message).values({ cause: 'test', code: 'test', params: {} }).returning();
  await db.insert(delivery).values({
    messageId: sent?.id ?? '',
    cause: 'test',
    personId,
    channel: 'mail',
    locale: 'en',
    state: 'queued',
    stateAt: new Date(Date.now() - 600_000),
  });
}

type Places = Record<'main' | 'in' | 'ru', PlaceUrl>;
const within = (url: string): Places => ({
  main: { url },
  in: { url, schemaName: 'vault_in' },
  ru: { url, schemaName: 'vault_ru' },
});

/** One line per table of all three places: how many rows, and a hash over all of them. */
async function fingerprint(places: Places): Promise<string[]> {
  const lines: string[] = [];
  for (const place of ['main', 'in', 'ru'] as const) {
    const client = await connectPlace(place, places[place]);
    for (const { name, columns } of await tablesInOrder(client)) {
      const list = columns.map((column) => `"${column}"`).join(', ');
      const { rows } = await client.query(
        `select count(*) as count, md5(string_agg(row::text, '|' order by row::text)) as hash
         from (select row(${list}) as row from "${name}") as rows`,
      );
      lines.push(`${place} ${name} ${rows[0].count} ${rows[0].hash}`);
    }
    await client.end();
  }
  return lines.sort();
}

/** What no row tells: the guards stand, the file is there, the passports open under the same key, the mail has a job. */
async function expectAlive(places: Places, dataDir: string, secrets: Record<string, string>): Promise<void> {
  const db = connect(places.main.url, { max: 1 });
  const vaults = openVaults({
    in: { ...places.in, keys: parseVaultKeys(secrets.VAULT_IN_KEY ?? '') },
    ru: { ...places.ru, keys: parseVaultKeys(secrets.VAULT_RU_KEY ?? '') },
  });
  try {
    const facts = await db.query.vaultFact.findMany();
    expect(facts.length).toBe(2);
    for (const { personId, field, side, vaultRecordId } of facts) {
      expect(await vaults[side].reveal(vaultRecordId, { personId, field })).toBe(passport);
    }
    const stored = await db.query.file.findFirst();
    const content = await openFileStore({ files: { kind: 'disk' }, dataDir }).open(stored?.id ?? '');
    expect(Buffer.from(await new Response(content).arrayBuffer()).equals(plan)).toBe(true);
    await expect(db.$client.query(`update audit_row set code = 'x'`)).rejects.toThrow(
      'audit_row takes no update',
    );
    const jobs = await db.$client.query(`select data from pgboss.job where name = 'mail.send'`);
    expect(jobs.rows.length).toBe(1);
  } finally {
    await vaults.close();
    await db.$client.end();
  }
}

async function newDatabase(): Promise<string> {
  const { adminUrl, prefix } = inject('testServer');
  const name = `${prefix}_backup_${databases.length}`;
  await administer(adminUrl, `create database ${name}`);
  databases.push(name);
  return withDatabase(adminUrl, name);
}

let secrets: Record<string, string>;
let original: string[];

beforeAll(async () => {
  const dataDir = at('original');
  mkdirSync(dataDir);
  secrets = keepSecrets(dataDir);
  const database = await embeddedAt(dataDir);
  await migrateDatabase(database.url);
  const db = connect(database.url, { max: 3 });
  await fill(db, database.url, dataDir, secrets);
  await db.$client.end();
  original = await fingerprint(within(database.url));
  // The first backup joins the server that runs, as beside a portal.
  const saved = await run('backup', { DATA_DIR: dataDir }, at('running.tar.gz'));
  expect(saved).toMatchObject({ code: 0 });
  expect(saved.output).not.toContain('starting PostgreSQL');
  await database.stop();
});

afterAll(async () => {
  const { adminUrl } = inject('testServer');
  for (const name of databases) await administer(adminUrl, `drop database if exists ${name} with (force)`);
  rmSync(home, { recursive: true, force: true });
});

it('saves an embedded installation that does not run, into a file of its owner alone, and no key', async () => {
  const { code, output } = await run('backup', { DATA_DIR: at('original') });
  expect(output).toMatch(/saved \d+ rows of \d+ tables/);
  expect(output).toContain('with 1 files (0.3 MB)');
  expect(output).toContain('the keys of the vaults are NOT in it');
  expect(code).toBe(0);
  const archive = /to (\S+\.tar\.gz)/.exec(output)?.[1] ?? '';
  expect(statSync(archive).mode & 0o777).toBe(0o600);
  const content = gunzipSync(readFileSync(archive)).toString('latin1');
  for (const secret of Object.values(secrets)) expect(content).not.toContain(secret);
  expect(content).not.toContain('Z1234567');
});

it('comes back on another data directory row by row, with its files, vaults and audit chain', async () => {
  const dataDir = at('restored');
  mkdirSync(dataDir);
  copyFileSync(at('original', 'secrets.json'), path.join(dataDir, 'secrets.json'));
  const { code, output } = await run('restore', { DATA_DIR: dataDir }, at('running.tar.gz'));
  expect(output).toMatch(/the audit chain is whole: \d+ rows sealed/);
  expect(output).toContain('1 mails that waited are in the queue again');
  expect(code).toBe(0);
  const database = await embeddedAt(dataDir);
  try {
    expect(await fingerprint(within(database.url))).toEqual(original);
    await expectAlive(within(database.url), dataDir, secrets);
  } finally {
    await database.stop();
  }
  const again = await run('restore', { DATA_DIR: dataDir }, at('running.tar.gz'));
  expect(again).toMatchObject({ code: 1 });
  expect(again.output).toMatch(/^setu-most: DATA_DIR \S+ holds a database already[^\n]*\n$/);
});

it('moves to an outside database with a vault of its own, and from there back, keys and all', async () => {
  const url = await newDatabase();
  const vaultRu = await newDatabase();
  const env = { DATABASE_URL: url, VAULT_RU_URL: vaultRu, DATA_DIR: at('outside'), ...secrets };
  const there = await run('restore', env, at('running.tar.gz'));
  expect(there).toMatchObject({ code: 0 });
  const places = { ...within(url), ru: { url: vaultRu } };
  expect(await fingerprint(places)).toEqual(original);
  await expectAlive(places, at('outside'), secrets);

  const full = await run('restore', env, at('running.tar.gz'));
  expect(full.output).toMatch(/The database holds \d+ tables already/);
  expect(full.code).toBe(1);
  expect(await fingerprint(places)).toEqual(original);

  const saved = await run('backup', env, at('outside.tar.gz'), '--with-secrets');
  expect(saved.output).toContain('the keys of the vaults are in it');
  const back = await run('restore', { DATA_DIR: at('back') }, at('outside.tar.gz'));
  expect(back).toMatchObject({ code: 0 });
  expect(statSync(at('back', 'secrets.json')).mode & 0o777).toBe(0o600);
  const database = await embeddedAt(at('back'));
  try {
    expect(await fingerprint(within(database.url))).toEqual(original);
    await expectAlive(within(database.url), at('back'), secrets);
  } finally {
    await database.stop();
  }
});

describe('a restore that cannot be whole', () => {
  const whole = () => readFileSync(at('running.tar.gz'));
  const changed = (from: string, to: string) => {
    const text = gunzipSync(whole()).toString('latin1');
    expect(text).toContain(from);
    return gzipSync(Buffer.from(text.replace(from, to), 'latin1'));
  };
  const migration = () =>
    /"migrations": \[\s+"([\da-f]{64})"/.exec(gunzipSync(whole()).toString('latin1'))?.[1] ?? '';

  it.each([
    [
      'a row was changed',
      () => changed('person1@example', 'person9@example'),
      /its part main\/person\/\S+ was changed/,
    ],
    ['a bit was turned', () => turned(whole()), /cannot be read|is damaged/],
    ['the end is missing', () => whole().subarray(0, whole().length * 0.7), /cannot be read/],
    ['it is no archive', () => Buffer.from('%PDF-1.7'), /cannot be read/],
    ['it is another archive', () => gzipSync(Buffer.alloc(1024)), /is no backup of this portal/],
    [
      'another version made it',
      () => changed(migration(), 'f'.repeat(64)),
      /made by another version of the portal/,
    ],
  ])('is refused before anything is touched: %s', async (_what, make, sentence) => {
    const archive = at('bad.tar.gz');
    writeFileSync(archive, make());
    const { code, output } = await run('restore', { DATA_DIR: at('untouched'), ...secrets }, archive);
    expect(code).toBe(1);
    expect(output).toMatch(sentence);
    expect(output).toMatch(/^setu-most: checking \S+\nsetu-most: [^\n]+\n$/);
    expect(existsSync(at('untouched'))).toBe(false);
  });

  it('asks for the keys under which the values lie, and leaves the directory as it was', async () => {
    const absent = await run('restore', { DATA_DIR: at('keyless') }, at('running.tar.gz'));
    expect(absent.output).toContain('their keys are not in the archive: put the former secrets.json into');
    const other = { ...secrets, VAULT_RU_KEY: Buffer.alloc(32, 9).toString('base64') };
    const wrong = await run('restore', { DATA_DIR: at('keyless'), ...other }, at('running.tar.gz'));
    expect(wrong.output).toContain('VAULT_RU_KEY lacks the key');
    expect(wrong.code).toBe(1);
    expect(existsSync(at('keyless', 'postgres'))).toBe(false);
    const given = await run('restore', { DATA_DIR: at('keyless') }, at('running.tar.gz'), '--without-keys');
    expect(given).toMatchObject({ code: 0 });
  });

  it('does not overwrite an archive, and says what it lacks', async () => {
    const twice = await run('backup', { DATA_DIR: at('original') }, at('running.tar.gz'));
    expect(twice.output).toContain('exists already');
    const nothing = await run('backup', { DATA_DIR: at('nowhere') });
    expect(nothing.output).toMatch(/^setu-most: DATA_DIR \S+ holds no database[^\n]*\n$/);
    const used = await run('backup', {}, 'one', 'two');
    expect(used.output).toMatch(/^setu-most: Usage: /);
    expect([twice.code, nothing.code, used.code]).toEqual([1, 1, 1]);
  });
});

function turned(archive: Buffer): Buffer {
  const copy = Buffer.from(archive);
  const middle = Math.floor(copy.length / 2);
  copy[middle] = (copy[middle] ?? 0) ^ 4;
  return copy;
}
