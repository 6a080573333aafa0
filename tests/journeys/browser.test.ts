import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { expectAccessible, noHorizontalScroll, useBrowser } from '#tests/support/browser.ts';

// The instruments themselves: what they must find, and that a strict policy does not blind them.

const page = (body: string) =>
  `<!doctype html><html lang="ru"><head><title>Мост</title></head><body><main><h1>Мост</h1>${body}</main></body></html>`;

const server = createServer((request, response) => {
  const bad = request.url === '/bad';
  response.setHeader('content-type', 'text/html; charset=utf-8');
  response.setHeader('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'");
  response.end(page(bad ? '<img src="x.png"><div style="width:2000px">…</div>' : '<p>Всё хорошо</p>'));
}).listen(0, '127.0.0.1');
await once(server, 'listening');
afterAll(() => server.close());

const baseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const { newPage } = await useBrowser();

test.each([true, false])('axe and the ruler pass a good page (JavaScript: %s)', async (javaScriptEnabled) => {
  const good = await newPage({ baseURL, lng: 'ru', width: 390, javaScriptEnabled });
  await good.goto('/');
  await expectAccessible(good);
  await noHorizontalScroll(good);
});

test('axe and the ruler find what is wrong', async () => {
  const bad = await newPage({ baseURL, width: 390 });
  await bad.goto('/bad');
  await expect(expectAccessible(bad)).rejects.toThrow(/image-alt/);
  await expect(noHorizontalScroll(bad)).rejects.toThrow(/too wide/);
});
