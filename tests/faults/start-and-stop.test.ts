import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import { expect, it } from 'vitest';
import { runningEmbedded } from '#db/embedded.server.ts';
import { isAlive, makeBed, postmasterOf, untilTrue } from './portal-process.ts';

const READY = /ready after [\d.]+ s at (\S+)/;
/** An account without rights that every Unix has. */
const NOBODY = 65534;

async function query(dataDir: string, text: string): Promise<pg.QueryResult> {
  const url = runningEmbedded(dataDir)?.url;
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query(text);
  } finally {
    await client.end();
  }
}

it('starts from nothing, stops in order within five seconds, and starts again on what it kept', async () => {
  const bed = await makeBed();
  const first = bed.start();
  const [, url] = await first.says(READY);
  expect(url).toBe(bed.url);
  expect(first.output()).toMatch(/creating the PostgreSQL cluster[\s\S]*bringing the database up to date/);
  expect((await fetch(`${bed.url}/healthz`)).status).toBe(200);
  expect((await fetch(`${bed.url}/`)).status).toBe(200);
  expect(statSync(join(bed.dataDir, 'secrets.json')).mode & 0o777).toBe(0o600);
  expect(statSync(join(bed.dataDir, 'postgres.json')).mode & 0o777).toBe(0o600);
  await query(bed.dataDir, 'create table kept as select 42 as answer');
  const postmaster = postmasterOf(bed.dataDir);

  const asked = Date.now();
  first.child.kill('SIGTERM');
  expect(await first.ended).toEqual({ code: 0, signal: null });
  expect(Date.now() - asked).toBeLessThan(5_000);
  expect(postmaster && isAlive(postmaster)).toBe(false);
  expect(existsSync(join(bed.dataDir, 'portal.lock'))).toBe(false);

  const second = bed.start();
  await second.says(READY);
  expect(second.output()).not.toMatch(/creating|seeding|building/);
  expect((await query(bed.dataDir, 'select answer from kept')).rows).toEqual([{ answer: 42 }]);
});

it('loses nothing to kill -9, leaves no orphan, and starts again at once', async () => {
  const bed = await makeBed();
  const first = bed.start();
  await first.says(READY);
  await query(bed.dataDir, 'create table kept (answer int)');
  await query(bed.dataDir, 'insert into kept values (42)');
  const postmaster = postmasterOf(bed.dataDir) ?? 0;
  first.child.kill('SIGKILL');
  await first.ended;

  const second = bed.start();
  await second.says(READY);
  expect(isAlive(postmaster)).toBe(false);
  expect((await query(bed.dataDir, 'select answer from kept')).rows).toEqual([{ answer: 42 }]);
  const successor = postmasterOf(bed.dataDir) ?? 0;
  second.child.kill('SIGKILL');
  await second.ended;
  // Nobody starts again: the database ends by itself.
  await untilTrue(() => !isAlive(successor));
});

it('recovers when portal and database are killed together, and stops when its database is killed alone', async () => {
  const bed = await makeBed();
  const first = bed.start();
  await first.says(READY);
  await query(bed.dataDir, 'create table kept as select 42 as answer');
  first.child.kill('SIGKILL');
  process.kill(postmasterOf(bed.dataDir) ?? 0, 'SIGKILL');
  await first.ended;

  const second = bed.start();
  await second.says(READY);
  expect((await query(bed.dataDir, 'select answer from kept')).rows).toEqual([{ answer: 42 }]);
  process.kill(postmasterOf(bed.dataDir) ?? 0, 'SIGKILL');
  expect((await second.ended).code).toBe(1);
  expect(second.output()).toMatch(/PostgreSQL ended by itself \(SIGKILL\)/);
});

it('says who holds the data directory, and harms nothing', async () => {
  const bed = await makeBed();
  const first = bed.start();
  await first.says(READY);
  const second = bed.start({ PORT: '0' });
  expect((await second.ended).code).toBe(1);
  const line = `DATA_DIR ${bed.dataDir} is in use by the portal at ${bed.url} (process ${first.child.pid})`;
  expect(second.output()).toBe(`setu-most: ${line}\n`);
  expect((await fetch(`${bed.url}/`)).status).toBe(200);
});

it('finishes a request that runs when it is told to stop', async () => {
  const bed = await makeBed();
  const portal = bed.start();
  await portal.says(READY);
  const pages = Array.from({ length: 20 }, () => fetch(`${bed.url}/`));
  await pages[0];
  portal.child.kill('SIGTERM');
  const statuses = (await Promise.allSettled(pages)).flatMap((page) =>
    page.status === 'fulfilled' ? [page.value.status] : [],
  );
  expect(new Set(statuses)).toEqual(new Set([200]));
  expect((await portal.ended).code).toBe(0);
});

it('names a busy port and leaves no database behind', async () => {
  const bed = await makeBed();
  const other = createServer().listen(bed.port, '127.0.0.1');
  await once(other, 'listening');
  try {
    const portal = bed.start();
    expect((await portal.ended).code).toBe(1);
    expect(portal.output()).toContain(`PORT ${bed.port} is in use by another program`);
    expect(postmasterOf(bed.dataDir)).toBeUndefined();
  } finally {
    other.close();
  }
});

it.each([
  [{ PORT: 'eighty' }, 'PORT must be a port number'],
  [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL must be'],
  [
    { APP_URL: 'https://portal.example.org', MAIL_TRANSPORT: 'mailbox' },
    'MAIL_TRANSPORT=mailbox is refused: it shows every message to anyone',
  ],
  [{ DATABASE_URL: 'postgres://setu@127.0.0.1:1/setu' }, 'AUTH_SECRET is required when DATABASE_URL is set'],
])('refuses %o with one clear line', async (env, sentence) => {
  const bed = await makeBed();
  const portal = bed.start(env);
  expect((await portal.ended).code).toBe(1);
  expect(portal.output()).toMatch(/^setu-most: [^\n]+\n$/);
  expect(portal.output()).toContain(sentence);
});

it('does not seed the demo on a public address', async () => {
  const bed = await makeBed();
  const portal = bed.start({
    APP_URL: 'https://portal.example.org',
    MAIL_TRANSPORT: 'smtp',
    SMTP_URL: 'smtp://127.0.0.1:1',
  });
  await portal.says(READY);
  expect(portal.output()).not.toMatch(/seeding|demo accounts/);
});

it('says plainly that a data directory cannot be written to', async () => {
  const bed = await makeBed();
  chmodSync(bed.dataDir, 0o555);
  // Root may write anywhere, so the start is made by somebody who may not.
  const portal = bed.start({}, process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {});
  expect((await portal.ended).code).toBe(1);
  expect(portal.output()).toMatch(/^setu-most: DATA_DIR \S+ cannot be written to \(EACCES\)[^\n]*\n$/);
  chmodSync(bed.dataDir, 0o755);
});

it('runs as an ordinary user', async () => {
  const bed = await makeBed();
  // Root becomes one for this start; everybody else is one already.
  const user = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  if (user.uid) chownSync(bed.dataDir, NOBODY, NOBODY);
  const portal = bed.start({}, user);
  await portal.says(READY);
  const { uid } = statSync(join(bed.dataDir, 'postgres/data/PG_VERSION'));
  expect(uid).toBe(user.uid ?? process.getuid?.());
  portal.child.kill('SIGTERM');
  expect((await portal.ended).code).toBe(0);
});
