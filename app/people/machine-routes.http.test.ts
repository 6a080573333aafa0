import { sql } from 'drizzle-orm';
import { Webhook } from 'standardwebhooks';
import { v7 as uuidv7 } from 'uuid';
import { expect, test } from 'vitest';
import { usePortal } from '#tests/support/portal.ts';

const secret = `whsec_${Buffer.from('only for tests').toString('base64')}`;
const portal = await usePortal({ jobs: false, env: { RESEND_WEBHOOK_SECRET: secret } });

test('readiness names each part', async () => {
  const answer = await portal.visitor().get('/readyz');
  expect(answer.status).toBe(200);
  expect(JSON.parse(answer.text)).toEqual({
    ready: true,
    parts: { database: true, queue: true, files: true },
    vaults: { in: true, ru: true },
  });
});

test('a webhook is believed by its signature alone, and once', async () => {
  const body = JSON.stringify({ type: 'email.delivered', created_at: '2020-01-01T00:00:00Z', data: {} });
  const post = async (id: string, at: Date, signature: string) => {
    const headers = {
      'svix-id': id,
      'svix-timestamp': String(Math.floor(at.getTime() / 1000)),
      'svix-signature': signature,
    };
    const init = { method: 'POST', body, headers };
    return (await portal.visitor().request('/webhooks/resend', init, { origin: null })).status;
  };
  const now = new Date();
  const signed = new Webhook(secret).sign('msg_1', now, body);
  expect(await post('msg_1', now, signed)).toBe(200);
  expect(await post('msg_1', now, signed)).toBe(200);
  expect(await post('msg_2', now, signed)).toBe(401);
  expect(await post('msg_1', now, 'v1,AAAA')).toBe(401);
  const old = new Date(now.getTime() - 3_600_000);
  expect(await post('msg_3', old, new Webhook(secret).sign('msg_3', old, body))).toBe(401);
  const { rows } = await portal.db.execute(sql`select id from webhook_event`);
  expect(rows).toEqual([{ id: 'msg_1' }]);
});

test('the live stream and files are for people who are signed in', async () => {
  expect((await portal.visitor().get('/live?topic=inbox')).status).toBe(204);
  const file = await portal.visitor().get(`/files/${uuidv7()}`, { follow: false });
  expect(file.location).toContain('/sign-in?next=');
});

test('the local mailbox shows nothing that is not there', async () => {
  expect((await portal.visitor().get('/dev/mailbox')).status).toBe(200);
  expect((await portal.visitor().get(`/dev/mailbox/${uuidv7()}`)).status).toBe(404);
  expect((await portal.visitor().get('/dev/mailbox/..%2Fsecrets/html')).status).toBe(404);
});
