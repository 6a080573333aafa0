import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import * as http from 'node:http';
import { expect, it } from 'vitest';
import { makeBed } from './portal-process.ts';

const MEGABYTE = 1024 * 1024;
const SIZE = 200 * MEGABYTE;

/** Resident memory of a process in bytes. */
function residentMemory(pid: number | undefined): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(status.match(/VmRSS:\s+(\d+)/)?.[1]) * 1024;
}

/** Sends a body for as long as the other side takes it; tells the answer and how much was sent by then. */
async function send(
  url: string,
  headers: http.OutgoingHttpHeaders,
): Promise<{ status: number; sent: number }> {
  const request = http.request(url, { method: 'POST', headers });
  const answered = once(request, 'response').then(([response]: http.IncomingMessage[]) => {
    response?.resume();
    return response?.statusCode ?? 0;
  });
  // The line may be cut while we still write; the answer has come by then.
  request.on('error', () => undefined);
  let status: number | undefined;
  void answered.then((code) => {
    status = code;
  });
  const piece = Buffer.alloc(64 * 1024);
  let sent = 0;
  while (status === undefined && sent < SIZE) {
    sent += piece.length;
    if (!request.write(piece)) await Promise.race([once(request, 'drain').catch(() => answered), answered]);
  }
  const code = await answered;
  request.destroy();
  return { status: code, sent };
}

it.each([
  ['with its length named', { 'Content-Length': SIZE, 'Content-Type': 'multipart/form-data; boundary=x' }],
  [
    'without a length',
    { 'Transfer-Encoding': 'chunked', 'Content-Type': 'application/x-www-form-urlencoded' },
  ],
])('refuses 200 MB %s early, and its memory stays flat', async (_how, headers) => {
  const bed = await makeBed();
  const portal = bed.start();
  await portal.says(/ready after/);
  const refuse = async () => {
    const { status, sent } = await send(`${bed.url}/sign-in`, { ...headers, Origin: bed.url });
    expect(status).toBe(413);
    // How much is under way before the answer is heard depends on how busy the machine is.
    expect(sent).toBeLessThan(SIZE / 2);
  };
  // The first one pays for what is loaded once; afterwards the heap still breathes by some tens of megabytes,
  // while bodies that were kept would add up over the rounds.
  await refuse();
  const before = residentMemory(portal.child.pid);
  for (let round = 0; round < 8; round++) await refuse();
  expect(residentMemory(portal.child.pid) - before).toBeLessThan(SIZE / 2);
});
