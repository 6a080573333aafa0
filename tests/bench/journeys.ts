import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { LARGE_DELEGATION, LARGE_RUN, seedLargeJourneys } from '#db/seed/large-journeys.ts';
import type { Plan } from './load.ts';
import { fetchText, tableOf } from './page.ts';
import { type Portal, startBare } from './processes.ts';
import { signIn } from './scene.ts';

const COORDINATOR = 'coordinator.in@demo.example';
const INSTRUCTOR = 'instructor.in@demo.example';

interface JourneyPage {
  name: string;
  path: string;
  /** Who asks; nobody in particular for a public page. */
  as?: string;
  /** Rows of its table without the head, where it has one: a page that shows fewer is not measured. */
  rows?: number;
  /** Columns of its table, where their number is what is measured. */
  columns?: number;
}

/** Pages of the two rooms that grow with people, by the group they are measured in. */
export const JOURNEYS = {
  training: [
    { name: '/courses, 50 of 300 runs', path: '/courses', rows: 50 },
    { name: 'a run of 500, its page', path: `/training/runs/${LARGE_RUN}`, as: COORDINATOR },
    {
      name: 'a run of 500, 100 of its people',
      path: `/training/runs/${LARGE_RUN}/people`,
      as: COORDINATOR,
      rows: 100,
    },
    { name: 'a run of 500, its whole roll', path: `/training/runs/${LARGE_RUN}/sessions/1`, as: INSTRUCTOR },
  ],
  board: [
    {
      name: 'a board of 300 people × 12 requirements',
      path: `/delegations/${LARGE_DELEGATION}`,
      as: COORDINATOR,
      rows: 300,
      // The name and twelve requirements.
      columns: 13,
    },
  ],
} satisfies Record<string, JourneyPage[]>;

export type JourneyGroup = keyof typeof JOURNEYS;

/** What the pages show. */
export async function seedJourneys(databaseUrl: string): Promise<void> {
  await seedLargeJourneys(databaseUrl, { runs: 300, enrolled: 500, delegates: 300 });
}

/**
 * The plans of a group, each page with the two ceilings of its own: its table by bare React, its bytes.
 *
 * @param dataDir where the pages are written for the ceilings to read.
 */
export async function openJourneys(group: JourneyGroup, { origin, pid }: Portal, dataDir: string) {
  const cookies = new Map<string, string>();
  const bares: { stop(): void }[] = [];
  const plans: Omit<Plan, 'connections'>[] = [];
  for (const page of JOURNEYS[group] as readonly JourneyPage[]) {
    if (page.as && !cookies.has(page.as)) cookies.set(page.as, await signIn(origin, page.as));
    const cookie = cookies.get(page.as ?? '') ?? '';
    const shot = { path: page.path, headers: { cookie } };
    const beside = { react: `${page.name}: the table, bare React`, bytes: `${page.name}: the bytes` };
    plans.push({ name: page.name, origin, pid, status: 200, beside, next: () => shot });
    if (page.rows === undefined) continue;
    const html = await fetchText(origin, page.path, cookie);
    const table = tableOf(html.toString());
    const rows = (table.match(/<tr/g)?.length ?? 1) - 1;
    if (rows !== page.rows) throw new Error(`${page.path} has ${rows} rows and not ${page.rows}`);
    const columns = table.match(/<th scope="col"/g)?.length;
    if (page.columns && columns !== page.columns) {
      throw new Error(`${page.path} has ${columns} columns and not ${page.columns}`);
    }
    const file = path.join(dataDir, `${group}-${plans.length}.html`);
    writeFileSync(file, html);
    const bare = await startBare(file);
    bares.push(bare);
    plans.push(
      { ...bare, name: beside.react, status: 200, beside, next: () => ({ path: '/react' }) },
      { ...bare, name: beside.bytes, status: 200, beside, next: () => ({ path: '/bytes' }) },
    );
  }
  return {
    plans,
    /** The pages to weigh, each with the cookie of whoever asks. */
    pages: (JOURNEYS[group] as readonly JourneyPage[]).map((page) => ({
      path: page.path,
      cookie: cookies.get(page.as ?? '') ?? '',
    })),
    close: () => {
      for (const bare of bares) bare.stop();
    },
  };
}
