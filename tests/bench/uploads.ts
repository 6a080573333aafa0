import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'undici';
import { type Cpu, cpuOf, type Portal, peakMemory, resetPeak } from './processes.ts';
import type { Applicant } from './scene.ts';

/** What of a file is made at once: the asker holds no file either. Bytes. */
const PIECE = Buffer.alloc(64 * 1024, 'a line of a work plan\n');
const BOUNDARY = 'setu-most-bench-5f2c';
/** How long an applicant who was told that too many upload waits before trying again, and how often. */
const PAUSE = 2_000;
const ATTEMPTS = 60;

/** Files of one size that arrive at once. */
export interface Uploads {
  /** How many at once, and how many times over. */
  count: number;
  rounds: number;
  /** Bytes of each. */
  size: number;
  /** Times an applicant was told to try again, because too many files were arriving. */
  again: number;
  /** Milliseconds until all were stored. */
  all: number;
  /** Processor time of one file. */
  cpu: Cpu;
  /** The portal's resident bytes; zero where the system does not tell. */
  memory: { before: number; peak: number };
}

/**
 * Each applicant sends a PDF of so many bytes as the first document of an application, all at the same moment. Who is
 * told that too many files arrive sends again, as a person would; every file must be stored in the end.
 *
 * @param file.rounds how many times over, one round after the other: as many bytes in smaller files.
 */
export async function uploadTogether(
  { origin, pid }: Portal,
  applicants: readonly Applicant[],
  call: { reference: string; code: string },
  { size, rounds }: { size: number; rounds: number },
): Promise<Uploads> {
  const path = `/calls/${call.reference}/apply/documents`;
  const before = resetPeak(pid);
  const cpu = cpuOf(pid);
  const began = performance.now();
  let again = 0;
  const store = async ({ cookie }: Applicant) => {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      if ((await send(origin, path, cookie, call.code, size)) === 'stored') return;
      again += 1;
      await delay(PAUSE);
    }
    throw new Error(`A file of ${size} bytes was not taken in ${ATTEMPTS} attempts`);
  };
  for (let number = 0; number < rounds; number++) await Promise.all(applicants.map(store));
  const all = performance.now() - began;
  const after = cpuOf(pid);
  const files = applicants.length * rounds;
  return {
    count: applicants.length,
    rounds,
    size,
    again,
    all,
    cpu: { node: (after.node - cpu.node) / files, postgres: (after.postgres - cpu.postgres) / files },
    memory: { before, peak: peakMemory(pid) },
  };
}

/** @returns whether the file is stored, or the portal is busy: its answer 429, or a line it cut while we wrote. */
async function send(
  origin: string,
  path: string,
  cookie: string,
  code: string,
  size: number,
): Promise<'stored' | 'busy'> {
  const [head, tail] = formAround(code);
  const client = new Client(origin, { headersTimeout: 120_000 });
  try {
    const { statusCode, body } = await client.request({
      method: 'POST',
      path,
      headers: {
        cookie,
        origin,
        'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
        'content-length': String(head.length + size + tail.length),
      },
      body: Readable.from(pieces(head, size, tail), { objectMode: false }),
    });
    const text = await body.text();
    if (statusCode === 303) return 'stored';
    if (statusCode === 429) return 'busy';
    const said = text.replace(/<head>.*?<\/head>|<[^>]+>/gs, ' ').replace(/\s+/g, ' ');
    throw new Error(`${path} answered ${statusCode}: ${said.slice(0, 1000)}`);
  } catch (error) {
    const { code: reason } = error as { code?: string };
    if (['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'].includes(reason ?? '')) return 'busy';
    throw error;
  } finally {
    await client.destroy();
  }
}

/** The form of a document as a browser sends it (RFC 7578), before and after the file. */
function formAround(code: string): [Buffer, Buffer] {
  const part = (name: string) => `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"`;
  const file = `${part(`document.${code}`)}; filename="plan.pdf"\r\nContent-Type: application/pdf\r\n\r\n`;
  return [Buffer.from(`${part('kind')}\r\n\r\n${code}\r\n${file}`), Buffer.from(`\r\n--${BOUNDARY}--\r\n`)];
}

const FIRST = Buffer.from('%PDF-1.7\n');
const LAST = Buffer.from('\n%%EOF\n');

function* pieces(head: Buffer, size: number, tail: Buffer): Generator<Buffer> {
  yield head;
  yield FIRST;
  for (let left = size - FIRST.length - LAST.length; left > 0; left -= PIECE.length) {
    yield left < PIECE.length ? PIECE.subarray(0, left) : PIECE;
  }
  yield LAST;
  yield tail;
}
