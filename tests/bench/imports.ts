import { FormData, request } from 'undici';
import { type Portal, peakMemory, resetPeak } from './processes.ts';
import { signIn } from './scene.ts';

const COORDINATOR = 'coordinator.in@demo.example';

/** One file imported: times in milliseconds, the portal's resident memory in bytes (zero where it is not told). */
export interface ImportRun {
  rows: number;
  fileBytes: number;
  received: number;
  previewed: number;
  confirmed: number;
  memory: { before: number; peak: number };
}

/** Imports a list of `rows` invented people as a coordinator does: file, preview, confirmation. */
export async function importPeople({ origin, pid }: Portal, rows: number): Promise<ImportRun> {
  const cookie = await signIn(origin, COORDINATOR);
  const file = new File([listOf(rows)], 'people.csv', { type: 'text/csv' });
  const before = resetPeak(pid);
  const form = new FormData();
  form.append('file', file);
  const sent = await timed(() => ask(origin, '/people/import', cookie, form));
  const preview = sent.location;
  const shown = await timed(() => ask(origin, preview, cookie));
  const confirmed = await timed(() => ask(origin, preview, cookie, ''));
  return {
    rows,
    fileBytes: file.size,
    received: sent.took,
    previewed: shown.took,
    confirmed: confirmed.took,
    memory: { before, peak: peakMemory(pid) },
  };
}

async function timed(work: () => Promise<string>): Promise<{ took: number; location: string }> {
  const began = performance.now();
  const location = await work();
  return { took: performance.now() - began, location };
}

/** Sends a form, or asks for a page. @returns where the answer leads; empty for a page. */
async function ask(origin: string, path: string, cookie: string, form?: FormData | string): Promise<string> {
  const { statusCode, headers, body } = await request(new URL(path, origin), {
    method: form === undefined ? 'GET' : 'POST',
    headers: {
      cookie,
      origin,
      ...(form === '' && { 'content-type': 'application/x-www-form-urlencoded' }),
    },
    ...(form !== undefined && { body: form }),
    // A confirmation of many rows may take its time.
    headersTimeout: 120_000,
  });
  const text = await body.text();
  if (statusCode !== (form === undefined ? 200 : 303)) {
    throw new Error(`${path} answered ${statusCode}: ${text.replace(/\s+/g, ' ').slice(0, 300)}`);
  }
  return String(headers.location ?? '');
}

/** A sound list: nobody in it is known, so every row is added. */
function listOf(rows: number): string {
  const lines = Array.from({ length: rows }, (_, index) =>
    [
      'Deepika',
      'Sharma',
      'f',
      'IITISM',
      `bench-${rows}-${index}@people.example`,
      'en',
      'IND',
      'student',
      'PhD student',
      'аспирант',
      'permanent-magnets',
      '+91 8864587474',
    ].join(','),
  );
  const head =
    'given_name,family_name,sex,institution,email,locale,citizenship,role,position_en,position_ru,research_area,phone';
  return `${head}\n${lines.join('\n')}\n`;
}
