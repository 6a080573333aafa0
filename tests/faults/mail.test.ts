import pg from 'pg';
import { expect, it } from 'vitest';
import { runningEmbedded } from '#db/embedded.server.ts';
import { fakeResend } from '#tests/support/fake-resend.ts';
import { makeBed } from './portal-process.ts';

const READY = /ready after [\d.]+ s at (\S+)/;

it('sends each mail exactly once through Resend when it is killed between sending and writing it down', async () => {
  const resend = await fakeResend();
  const bed = await makeBed();
  const env = { MAIL_TRANSPORT: 'resend', RESEND_API_KEY: 're_test', RESEND_BASE_URL: resend.url };
  resend.next.push('hold');
  const first = bed.start(env);
  await first.says(READY);
  // The demo's own campaign: taken by the provider, whose answer never comes.
  await expect.poll(() => resend.requests.length, { timeout: 20_000 }).toBeGreaterThan(0);
  const taken = resend.mails.length;
  first.child.kill('SIGKILL');
  await first.ended;

  const second = bed.start(env);
  await second.says(READY);
  const states = async () => {
    const client = new pg.Client({ connectionString: runningEmbedded(bed.dataDir)?.url });
    await client.connect();
    const { rows } = await client.query(
      `select distinct state from delivery where channel = 'mail' and state not in ('no-address', 'suppressed')`,
    );
    await client.end();
    return rows.map((row) => row.state);
  };
  // The demo tells of many exchanges, each step a message of its own, and the provider takes five requests a second.
  await expect.poll(states, { timeout: 240_000, interval: 500 }).toEqual(['sent']);
  const ids = resend.mails.flatMap((mail) => mail.tags?.map((tag) => tag.value) ?? []);
  expect(ids.length).toBeGreaterThanOrEqual(taken);
  expect(new Set(ids).size).toBe(ids.length);
  second.child.kill('SIGTERM');
  await second.ended;
  await resend.close();
}, 300_000);
