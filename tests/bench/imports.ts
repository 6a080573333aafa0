import { FormData, request } from 'undici';
import { type Portal, peakMemory, resetPeak } from './processes.ts';
import { signIn } from './scene.ts';

const COORDINATOR = 'coordinator.in@demo.example';

/** One file imported: times in milliseconds, the portal's resident memory in bytes (zero where it is not told). */
export interface ImportRun {
  what: string;
  fileBytes: number;
  received: number;
  previewed: number;
  confirmed: number;
  memory: { before: number; peak: number };
}

/** Imports a list of `rows` invented people as a coordinator does: file, preview, confirmation. */
export async function importPeople(portal: Portal, rows: number): Promise<ImportRun> {
  const cookie = await signIn(portal.origin, COORDINATOR);
  return importList(portal, cookie, '/people/import', peopleOf(rows), `${rows} people`);
}

/**
 * Imports a delegation of `rows` invented people, each with a passport, two legs and a bed, into a delegation that is
 * begun for it: the same three steps; the list waits in the vault, and the passports go there.
 */
export async function importDelegates(portal: Portal, rows: number): Promise<ImportRun> {
  const { origin } = portal;
  const cookie = await signIn(origin, COORDINATOR);
  const form = await ask(origin, '/delegations/new', cookie);
  const option = (select: string) => {
    const options = new RegExp(`<select[^>]*name="${select}"[\\s\\S]*?</select>`).exec(form.text)?.[0] ?? '';
    return /<option value="([^"]+)"/.exec(options)?.[1] ?? '';
  };
  const event = option('event');
  const begun = await ask(
    origin,
    '/delegations/new',
    cookie,
    new URLSearchParams({ event, institution: option('institution') }).toString(),
  );
  const page = await ask(origin, `/events/${event}`, cookie);
  const [startsOn = '', endsOn = ''] = [...page.text.matchAll(/\d{4}-\d{2}-\d{2}/g)]
    .map(([day]) => day)
    .sort();
  const list = delegatesOf(rows, { startsOn, endsOn });
  return importList(portal, cookie, `${begun.location}/import`, list, `${rows} delegates`);
}

async function importList(
  { origin, pid }: Portal,
  cookie: string,
  path: string,
  list: string,
  what: string,
): Promise<ImportRun> {
  const file = new File([list], 'list.csv', { type: 'text/csv' });
  const before = resetPeak(pid);
  const form = new FormData();
  form.append('file', file);
  const sent = await timed(() => ask(origin, path, cookie, form));
  const preview = sent.answer.location;
  const shown = await timed(() => ask(origin, preview, cookie));
  const confirmed = await timed(() => ask(origin, preview, cookie, hiddenOf(shown.answer.text)));
  return {
    what,
    fileBytes: file.size,
    received: sent.took,
    previewed: shown.took,
    confirmed: confirmed.took,
    memory: { before, peak: peakMemory(pid) },
  };
}

/** What the form of a page sends without anybody having typed. */
function hiddenOf(page: string): string {
  const sent = new URLSearchParams();
  for (const [input] of page.matchAll(/<input[^>]*type="hidden"[^>]*>/g)) {
    const name = /name="([^"]*)"/.exec(input)?.[1];
    if (name) sent.append(name, /value="([^"]*)"/.exec(input)?.[1] ?? '');
  }
  return sent.toString();
}

type Answer = { location: string; text: string };

async function timed(work: () => Promise<Answer>): Promise<{ took: number; answer: Answer }> {
  const began = performance.now();
  const answer = await work();
  return { took: performance.now() - began, answer };
}

/** Sends a form, or asks for a page. @returns where the answer leads, empty for a page; and what it says. */
async function ask(origin: string, path: string, cookie: string, form?: FormData | string): Promise<Answer> {
  const { statusCode, headers, body } = await request(new URL(path, origin), {
    method: form === undefined ? 'GET' : 'POST',
    headers: {
      cookie,
      origin,
      ...(typeof form === 'string' && { 'content-type': 'application/x-www-form-urlencoded' }),
    },
    ...(form !== undefined && { body: form }),
    // A confirmation of many rows may take its time.
    headersTimeout: 300_000,
  });
  const text = await body.text();
  if (statusCode !== (form === undefined ? 200 : 303)) {
    throw new Error(`${path} answered ${statusCode}: ${text.replace(/\s+/g, ' ').slice(0, 300)}`);
  }
  return { location: String(headers.location ?? ''), text };
}

/** A sound list: nobody in it is known, so every row is added. */
function peopleOf(rows: number): string {
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

/** A sound delegation: twins who named each other, a passport each, a flight out and one back. */
function delegatesOf(rows: number, event: { startsOn: string; endsOn: string }): string {
  const day = (date: string, days: number) =>
    new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
  const [out, back] = [day(event.startsOn, -1), day(event.endsOn, 1)];
  const address = (index: number) => `delegate-${rows}-${index}@people.example`;
  const lines = Array.from({ length: rows }, (_, index) => {
    const mate = index % 2 === 0 ? index + 1 : index - 1;
    return [
      index + 1,
      'Sharma',
      'Deepika',
      address(index),
      'f',
      '1984-03-11',
      'Dhanbad',
      'IND',
      `Z${String(1_000_000 + index)}`,
      '2024-02-12',
      '2034-02-11',
      'IITISM',
      'researcher',
      index === 0 ? 'head' : 'member',
      'e-visa',
      'DEL',
      'SVO',
      'SU 235',
      `${out} 03:55`,
      `${out} 08:20`,
      'SVO',
      'DEL',
      'SU 232',
      `${back} 10:25`,
      `${back} 18:55`,
      out,
      back,
      mate < rows ? 'twin' : 'single',
      mate < rows ? address(mate) : '',
      'vegetarian',
      '',
    ].join(',');
  });
  const head =
    'no,family_name,given_name,email,sex,date_of_birth,place_of_birth,citizenship,passport_number,passport_issued,passport_expires,employer,position,delegation_role,visa_route,leg1_from,leg1_to,leg1_flight,leg1_departs,leg1_arrives,return_from,return_to,return_flight,return_departs,return_arrives,hotel_in,hotel_out,room,share_with,diet,notes';
  return `${head}\n${lines.join('\n')}\n`;
}
