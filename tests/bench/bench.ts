/**
 * Measures the built portal over real HTTP: `npm run bench [-- --people N --seconds S]`. Everything runs on this
 * machine, the askers too, so the rates are comparable with each other and with nothing else; read the ratios.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { hashPassword, verifyPassword } from 'better-auth/crypto';
import { runningEmbedded } from '#db/embedded.server.ts';
import { projectRoot } from '#db/project-root.ts';
import { type Load, measure, type Plan } from './load.ts';
import { fetchText, tableOf, weigh } from './page.ts';
import { memoryOf, type Portal, runCommand, startBare, startPortal } from './processes.ts';
import { BARE_BYTES, BARE_REACT, LIST, type Results, report } from './report.ts';
import { type Applicant, formHeaders, openAccounts, openDrafts, signIn, signInForm } from './scene.ts';

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '10000' },
    seconds: { type: 'string', default: '1.5' },
    port: { type: 'string', default: '4840' },
    /** Further flags of the portal's Node, for example `--cpu-prof`. */
    node: { type: 'string', default: '' },
  },
});
const people = Number(values.people);
const round = Number(values.seconds) * 1000;
const ROUNDS = 5;
const STARTS = 3;
const ACCOUNTS = 60;
const COORDINATOR = 'coordinator.in@demo.example';

const dataDir = mkdtempSync(path.join(tmpdir(), 'setu-most-bench-'));
// Everybody asks from an address of their own, so that the limiter of the doors is passed and not measured.
const env = { DATA_DIR: dataDir, PORT: values.port, LOG_LEVEL: 'error', TRUST_PROXY: '127.0.0.1,::1' };
const say = (text: string) => console.log(`bench: ${text}`);
const measured: Load[] = [];

try {
  const results = await run();
  const text = report(results);
  console.log(`\n${text}\n`);
  const file = path.join(projectRoot, 'var', 'bench.json');
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
  say(`written to ${path.relative(process.cwd(), file)}`);
} finally {
  rmSync(dataDir, { recursive: true, force: true });
}

async function run(): Promise<Results> {
  say('building and seeding the demo');
  await (await startPortal(env)).stop();
  say(`adding ${people} people and as many applications`);
  await runCommand('app/seed.ts', ['--large', String(people)], env);

  const starts: number[] = [];
  for (let number = 0; number < STARTS; number++) {
    const portal = await startPortal(env);
    starts.push(portal.firstAnswer);
    await portal.stop();
  }
  const portal = await startPortal(env, values.node.split(' ').filter(Boolean));
  try {
    await delay(10_000);
    const rest = memoryOf(portal.pid);
    const weights = await measurePortal(portal);
    await delay(5_000);
    return {
      at: new Date().toISOString(),
      machine: `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, Node ${process.version}`,
      people,
      applications: people,
      measured,
      weights,
      firstAnswer: { milliseconds: median(starts), starts: STARTS },
      memory: { rest, afterLoad: memoryOf(portal.pid) },
      passwordCheck: await passwordCheck(),
      loadAverage: loadavg()[1] ?? 0,
    };
  } finally {
    await portal.stop();
  }
}

async function measurePortal({ origin, pid }: Portal): Promise<Results['weights']> {
  const databaseUrl = runningEmbedded(dataDir)?.url ?? '';
  const cookie = await signIn(origin, COORDINATOR);
  const list = await fetchText(origin, '/exchanges', cookie);
  const rows = tableOf(list.toString()).match(/<tr/g)?.length ?? 0;
  if (rows !== 101) throw new Error(`The list has ${rows - 1} rows and not 100`);
  const page = path.join(dataDir, 'exchanges.html');
  writeFileSync(page, list);
  const bare = await startBare(page);
  const applicants = await openAccounts(databaseUrl, ACCOUNTS);
  const drafts = await openDrafts(databaseUrl);
  try {
    for (const applicant of applicants.slice(0, 20)) applicant.cookie = await signIn(origin, applicant.email);
    const signedIn = { cookie };
    let number = 0;
    for (const connections of [1, 20]) {
      const plan = (name: string, rest: Pick<Plan, 'next'> & Partial<Plan>): Plan => {
        return { name, origin, pid, connections, status: 200, ...rest };
      };
      const pages = [
        plan('/home', { next: () => ({ path: '/home', headers: signedIn }) }),
        plan(LIST, { next: () => ({ path: '/exchanges', headers: signedIn }) }),
        plan(BARE_REACT, { ...bare, next: () => ({ path: '/react' }) }),
        plan(BARE_BYTES, { ...bare, next: () => ({ path: '/bytes' }) }),
        plan(`${LIST}, gzip`, {
          next: () => ({ path: '/exchanges', headers: { ...signedIn, 'accept-encoding': 'gzip' } }),
        }),
      ];
      const save = plan('a draft of an application saved', {
        status: 303,
        next: async (connection) => {
          number += 1;
          const applicant = applicants[connection] as Applicant;
          return {
            method: 'POST',
            path: drafts.path,
            headers: formHeaders(origin, { cookie: applicant.cookie }),
            body: await drafts.form(applicant, number),
          };
        },
      });
      const enter = plan('signing in', {
        status: 303,
        next: () => {
          number += 1;
          const { email } = applicants[number % ACCOUNTS] as Applicant;
          const from = `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`;
          return {
            method: 'POST',
            path: '/sign-in',
            headers: formHeaders(origin, { 'x-forwarded-for': from }),
            body: signInForm(email),
          };
        },
      });
      for (const together of [pages, [save], [enter]]) {
        for (const load of await measure(together, ROUNDS, round)) {
          measured.push(load);
          say(`${load.name}, ${connections} connections: ${load.rate.toFixed(1)}/s`);
        }
      }
    }
    const [applicant] = applicants;
    return [
      await weigh(origin, '/', ''),
      await weigh(origin, '/calls', ''),
      await weigh(origin, '/sign-in', ''),
      await weigh(origin, '/home', cookie),
      await weigh(origin, '/exchanges', cookie),
      await weigh(origin, drafts.path, applicant?.cookie ?? ''),
    ];
  } finally {
    bare.stop();
    await drafts.close();
  }
}

/** The middle one of some numbers. */
function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}

/** What sign-in costs at least: the sign-in library's own check, alone. */
async function passwordCheck(): Promise<number> {
  const hash = await hashPassword('a password');
  const times: number[] = [];
  for (let number = 0; number < 9; number++) {
    const before = process.cpuUsage();
    await verifyPassword({ hash, password: 'a password' });
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1000);
  }
  return median(times);
}
