import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { afterEach, expect, test } from 'vitest';
import { projectRoot } from '#tests/support/source-files.ts';

// Whoever holds the embedded database dies without a word, in the middle of writing: everything that was
// acknowledged is there after the next start.

const program = `
import { startEmbedded } from '#db/embedded.server.ts';
const server = await startEmbedded({ dataDir: process.env.FAULT_DIR, log: () => {} });
console.log(server.url);
setInterval(() => {}, 1000);
`;

const dataDir = await mkdtemp(join(tmpdir(), 'setu-most-kill-'));
const holders: ChildProcess[] = [];

/** Starts a process that holds the database; returns it with the database's URL. */
async function holdDatabase(): Promise<{ holder: ChildProcess; url: string }> {
  const holder = spawn(process.execPath, ['--input-type=module', '-e', program], {
    cwd: projectRoot,
    env: { ...process.env, FAULT_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  holders.push(holder);
  if (!holder.stdout) throw new Error('The process has no output');
  const [url] = (await once(createInterface(holder.stdout), 'line')) as [string];
  return { holder, url };
}

afterEach(async () => {
  for (const holder of holders) holder.kill('SIGKILL');
  await rm(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

test('kill -9 while writing loses nothing that was acknowledged', async () => {
  const first = await holdDatabase();
  const client = new pg.Client(first.url);
  client.on('error', () => {});
  await client.connect();
  await client.query('CREATE TABLE entry (number integer PRIMARY KEY)');
  let acknowledged = 0;
  const writing = (async () => {
    for (;;) {
      await client.query('INSERT INTO entry VALUES ($1)', [acknowledged + 1]);
      acknowledged += 1;
    }
  })().catch((error: unknown) => error);
  await expect.poll(() => acknowledged, { timeout: 20_000 }).toBeGreaterThan(50);
  first.holder.kill('SIGKILL');
  expect(await writing).toBeInstanceOf(Error);

  const second = await holdDatabase();
  const after = new pg.Client(second.url);
  await after.connect();
  const { rows } = await after.query<{ count: number; last: number }>(
    'SELECT count(*)::integer AS count, max(number) AS last FROM entry',
  );
  await after.end();
  // One more may have been written than we were told of, never one less.
  expect(rows[0]?.count).toBeGreaterThanOrEqual(acknowledged);
  expect(rows[0]?.count).toBe(rows[0]?.last);
  const ended = once(second.holder, 'exit');
  second.holder.kill('SIGKILL');
  await ended;
});
