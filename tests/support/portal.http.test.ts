import { expect, test } from 'vitest';
import { usePortal } from './portal.ts';

const portal = await usePortal({ jobs: false });

test('the built portal answers on a database and a port of its own', async () => {
  expect(new URL(portal.url).port).not.toBe('0');
  expect((await portal.visitor().get('/healthz')).status).toBe(200);
});

test('a visitor is answered in their language', async () => {
  expect((await portal.visitor('en').get('/')).text).toContain('<html lang="en"');
  expect((await portal.visitor('ru').get('/')).text).toContain('<html lang="ru"');
});

test('a form from another origin is refused', async () => {
  const answer = await portal.visitor().post('/sign-in', {}, { origin: 'https://elsewhere.example' });
  expect(answer.status).toBe(403);
});
