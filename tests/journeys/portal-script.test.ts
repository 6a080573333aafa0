import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build, type Rolldown } from 'vite';
import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { useBrowser } from '#tests/support/browser.ts';

// The portal's one script on a page of its own, so that each thing it adds is seen apart from the portal.

const built = (await build({
  configFile: false,
  logLevel: 'silent',
  build: {
    write: false,
    rolldownOptions: { input: fileURLToPath(new URL('../../app/ui/portal.client.ts', import.meta.url)) },
  },
})) as Rolldown.RolldownOutput;
const script = built.output.map((file) => ('code' in file ? file.code : '')).join('');

const page = (visit: number) => `<!doctype html>
<html lang="en"><head><title>Script</title></head><body data-offline="No connection">
<div id="errors" tabindex="-1">One thing to correct</div>
<p data-live="inbox">visit ${visit}</p>
<form method="post" action="/send" enctype="multipart/form-data">
<input type="file" id="cv" name="cv" data-max-bytes="10" data-too-large="Too large">
<button name="intent" value="submit" data-pending="Sending">Submit</button>
</form><script type="module" src="/portal.js"></script></body></html>`;

let visits = 0;
let sent: string[] = [];
let streams: ServerResponse[] = [];
let streamsOpen = true;

const server = createServer(async (request, response) => {
  const answer = (type: string, body: string) => response.writeHead(200, { 'content-type': type }).end(body);
  if (request.url === '/portal.js') return answer('text/javascript', script);
  if (request.url === '/sent') return answer('text/html', '<!doctype html><title>Sent</title><h1>Sent</h1>');
  if (request.url === '/live?topic=inbox') {
    if (!streamsOpen) return response.writeHead(503).end();
    streams.push(response.writeHead(200, { 'content-type': 'text/event-stream' }));
    return response.write(': open\n\n');
  }
  if (request.method === 'POST') {
    let body = '';
    for await (const part of request) body += part;
    sent.push(body);
    await new Promise((wake) => setTimeout(wake, 400));
    return response.writeHead(303, { location: '/sent' }).end();
  }
  visits += 1;
  return answer('text/html; charset=utf-8', page(visits));
}).listen(0, '127.0.0.1');
await once(server, 'listening');
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

const baseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const { newPage } = await useBrowser();

beforeEach(() => {
  sent = [];
  streams = [];
  streamsOpen = true;
});

test('a form pressed three times is sent once, says so, and is ready again on the way back', async () => {
  const visitor = await newPage({ baseURL });
  await visitor.goto('/');
  const words = await visitor.evaluate(() => {
    const button = document.querySelector('button');
    for (let press = 0; press < 3; press += 1) button?.click();
    return `${button?.textContent} ${button?.getAttribute('aria-disabled')}`;
  });
  expect(words).toBe('Sending true');
  await visitor.waitForURL('**/sent');
  expect(sent).toHaveLength(1);
  // The pressed button's own value travels with the form.
  expect(sent[0]).toContain('name="intent"');
  await visitor.goBack();
  const button = visitor.getByRole('button', { name: 'Submit' });
  expect(await button.getAttribute('aria-disabled')).toBeNull();
});

test('a file over the limit is refused before it is sent', async () => {
  const visitor = await newPage({ baseURL });
  await visitor.goto('/');
  const file = (size: number) => ({ name: 'cv.txt', mimeType: 'text/plain', buffer: Buffer.alloc(size) });
  await visitor.setInputFiles('#cv', file(50));
  expect(await visitor.getByRole('alert').innerText()).toBe('Too large');
  expect(await visitor.inputValue('#cv')).toBe('');
  await visitor.setInputFiles('#cv', file(5));
  expect(await visitor.getByRole('alert').count()).toBe(0);
});

test('the reader is led to the errors, and told when the connection is gone', async () => {
  const visitor = await newPage({ baseURL });
  await visitor.goto('/');
  expect(await visitor.evaluate(() => document.activeElement?.id)).toBe('errors');
  await visitor.context().setOffline(true);
  await visitor.getByText('No connection').waitFor();
  await visitor.context().setOffline(false);
  await visitor.getByText('No connection').waitFor({ state: 'detached' });
});

test('a live part is fetched anew when its topic is announced, and only then', async () => {
  const visitor = await newPage({ baseURL });
  await visitor.goto('/');
  const before = await visitor.locator('[data-live]').innerText();
  await vi.waitFor(() => expect(streams).toHaveLength(1));
  streams[0]?.write('data: another\n\n');
  streams[0]?.write('data: inbox\n\n');
  await visitor.getByText(`visit ${Number(before.slice(6)) + 1}`).waitFor();
});

test('where no stream can be had, the page asks by itself', async () => {
  streamsOpen = false;
  const visitor = await newPage({ baseURL });
  await visitor.goto('/');
  const before = await visitor.locator('[data-live]').innerText();
  await visitor.getByText(`visit ${Number(before.slice(6)) + 1}`).waitFor({ timeout: 9000 });
});
