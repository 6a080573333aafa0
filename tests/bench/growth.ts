import { setTimeout as delay } from 'node:timers/promises';
import { type Load, measure, type Plan } from './load.ts';
import { fetchText, tableOf } from './page.ts';
import { cpuOf, type Portal } from './processes.ts';
import { signIn } from './scene.ts';

const COORDINATOR = 'coordinator.in@demo.example';
const LIST = '/exchanges';
/** Longer than counts of a pipeline are kept: whoever asks after it has everything counted anew. Milliseconds. */
const FORGOTTEN = 2_100;
const COUNTED = 15;

/** The coordinator's list over so many applications. */
export interface Size {
  applications: number;
  portal: Portal;
}

/** The same page at one size: processor milliseconds, per answer, are what is compared. */
export interface Growth {
  what: string;
  applications: number;
  load: Load;
}

/**
 * Asks the portals for the coordinator's list in turns, so that a noisy moment meets every size. What a page says is
 * looked at first: a hundred rows, and numbers that stop at “1,000+” where there are more.
 */
export async function compareSizes(sizes: readonly Size[], rounds: number, lasts: number): Promise<Growth[]> {
  const shots = await Promise.all(
    sizes.map(async ({ applications, portal }) => {
      const cookie = await signIn(portal.origin, COORDINATOR);
      const html = (await fetchText(portal.origin, LIST, cookie)).toString();
      checkList(html, applications);
      return { applications, portal, headers: { cookie } };
    }),
  );
  const found: Growth[] = [];
  for (const connections of [1, 20]) {
    const plans = shots.map(({ applications, portal: { origin, pid }, headers }): Plan => {
      const name = `${LIST}, 100 of ${applications}`;
      return { name, origin, pid, connections, status: 200, next: () => ({ path: LIST, headers }) };
    });
    const loads = await measure(plans, rounds, lasts);
    found.push(
      ...shots.map(({ applications }, index) => ({
        what: 'the list, 100 rows',
        applications,
        load: loads[index] as Load,
      })),
    );
  }
  return [...found, ...(await countedAnew(shots))];
}

/** What one reader waits for who comes when nobody has just counted. */
async function countedAnew(
  shots: readonly { applications: number; portal: Portal; headers: { cookie: string } }[],
): Promise<Growth[]> {
  const courses = shots.map((shot) => ({ ...shot, times: [] as number[], cpu: { node: 0, postgres: 0 } }));
  for (let number = 0; number < COUNTED; number++) {
    await delay(FORGOTTEN);
    for (const { portal, headers, times, cpu } of courses) {
      const before = cpuOf(portal.pid);
      const began = performance.now();
      await fetchText(portal.origin, LIST, headers.cookie);
      times.push(performance.now() - began);
      const after = cpuOf(portal.pid);
      cpu.node += after.node - before.node;
      cpu.postgres += after.postgres - before.postgres;
    }
  }
  return courses.map(({ applications, times, cpu }) => {
    times.sort((a, b) => a - b);
    const load: Load = {
      name: `${LIST}, counted anew`,
      connections: 1,
      rate: 0,
      p50: times[Math.floor(times.length / 2)] ?? 0,
      p99: times.at(-1) ?? 0,
      cpu: { node: cpu.node / COUNTED, postgres: cpu.postgres / COUNTED },
      requests: COUNTED,
    };
    return { what: 'the list, every number counted anew', applications, load };
  });
}

/** Of the large seed three quarters are an institution's in one party or the other; some are drafts. */
function checkList(html: string, applications: number): void {
  const rows = (tableOf(html).match(/<tr/g)?.length ?? 1) - 1;
  if (rows !== 100) throw new Error(`The list of ${applications} has ${rows} rows and not 100`);
  const stopped = html.includes('1,000+');
  if (stopped !== applications > 2_000) {
    throw new Error(`The list of ${applications} ${stopped ? 'says' : 'does not say'} “1,000+”`);
  }
  const numbers = [...html.matchAll(/<b[^>]*>([\d,]+)<\/b>/g)].map(([, text = '']) =>
    text.replaceAll(',', ''),
  );
  const tooFar = numbers.find((number) => Number(number) > 1_000);
  if (tooFar) throw new Error(`The list of ${applications} counts to ${tooFar}`);
}
