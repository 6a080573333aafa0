/**
 * Measures the built portal over real HTTP: `npm run bench [-- --people N --seconds S --only GROUP]`. Everything
 * runs on this machine, the askers too, so the rates are comparable with each other and with nothing else; read the
 * ratios. GROUP is one or more of `pages`, `draft`, `sign-in`, `training`, `board`, `import`, `growth`, `submit` and
 * `upload`, with commas between.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { hashPassword, verifyPassword } from 'better-auth/crypto';
import { runningEmbedded } from '#db/embedded.server.ts';
import { projectRoot } from '#db/project-root.ts';
import { compareSizes, type Growth, type Size } from './growth.ts';
import { type ImportRun, importDelegates, importPeople } from './imports.ts';
import { JOURNEYS, type JourneyGroup, openJourneys, seedJourneys } from './journeys.ts';
import { type Load, measure, type Plan } from './load.ts';
import { fetchText, type PageWeight, tableOf, weigh } from './page.ts';
import { memoryOf, type Portal, runCommand, startBare, startPortal } from './processes.ts';
import { BARE_BYTES, BARE_REACT, LIST, type Results, report } from './report.ts';
import {
  type Applicant,
  callWithDocument,
  formHeaders,
  openAccounts,
  openDrafts,
  openSignedIn,
  signIn,
  signInForm,
} from './scene.ts';
import { type Submissions, submitTogether } from './submissions.ts';
import { type Uploads, uploadTogether } from './uploads.ts';

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '10000' },
    seconds: { type: 'string', default: '1.5' },
    port: { type: 'string', default: '4840' },
    only: { type: 'string', default: '' },
    /** Further flags of the portal's Node, for example `--cpu-prof`. */
    node: { type: 'string', default: '' },
  },
});
const people = Number(values.people);
const round = Number(values.seconds) * 1000;
const ROUNDS = 5;
/** The journeys' pages are many and take fewer turns: the whole run stays within minutes. */
const JOURNEY_ROUNDS = 3;
/** Rows of the lists imported; the last is the most that the portal takes. */
const IMPORTS = [
  { rows: 1_000, bring: importPeople },
  { rows: 5_000, bring: importPeople },
  { rows: 20_000, bring: importPeople },
  { rows: 5_000, bring: importDelegates },
];
/** What a portal that just started imports first, not measured: code is compiled, pools are filled. */
const WARMING = 100;
/** Applications over which the coordinator's list is asked for: it should not know the difference. */
const SIZES = [1_000, 200_000];
/** How many files arrive at once, and the bytes of each: memory should not grow with them. As many bytes come twice. */
const FILES = 50;
const UPLOADS = [
  { size: 2_000_000, rounds: 1 },
  { size: 2_000_000, rounds: 10 },
  { size: 20_000_000, rounds: 1 },
];
/** What a portal that just started receives first, not measured. */
const WARMING_UPLOAD = { size: 200_000, rounds: 1 };
const STARTS = 3;
const ACCOUNTS = 60;
const COORDINATOR = 'coordinator.in@demo.example';

const GROUPS = [
  'pages',
  'draft',
  'sign-in',
  'training',
  'board',
  'import',
  'growth',
  'submit',
  'upload',
] as const;
type Group = (typeof GROUPS)[number];
const only = values.only.split(',').filter(Boolean);
const unknown = only.find((name) => !GROUPS.some((group) => group === name));
if (unknown) throw new Error(`There is no group ${unknown}; there are ${GROUPS.join(', ')}`);
const wanted = (group: Group) => only.length === 0 || only.includes(group);

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
  const growth = wanted('growth') ? await measureGrowth() : [];
  say('building and seeding the demo');
  await (await startPortal(env)).stop();
  say(`adding ${people} people and as many applications`);
  await runCommand('app/seed.ts', ['--large', String(people)], env);

  const imports = wanted('import') ? await measureImports() : [];
  const submissions = wanted('submit') ? [await measureSubmissions()] : [];
  const uploads = wanted('upload') ? await measureUploads() : [];
  const starts: number[] = [];
  for (let number = 0; number < (only.length === 0 ? STARTS : 1); number++) {
    const portal = await startPortal(env);
    starts.push(portal.firstAnswer);
    await portal.stop();
  }
  const portal = await startPortal(env, values.node.split(' ').filter(Boolean));
  try {
    await delay(10_000);
    const rest = memoryOf(portal.pid);
    const weights: PageWeight[] = [];
    if (wanted('pages') || wanted('draft') || wanted('sign-in'))
      weights.push(...(await measurePortal(portal)));
    const groups = (Object.keys(JOURNEYS) as JourneyGroup[]).filter(wanted);
    if (groups.length > 0) await seedJourneys(runningEmbedded(dataDir)?.url ?? '');
    for (const group of groups) weights.push(...(await measureJourneys(group, portal)));
    await delay(5_000);
    return {
      at: new Date().toISOString(),
      machine: `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, Node ${process.version}`,
      people,
      applications: people,
      measured,
      imports,
      growth,
      submissions,
      uploads,
      weights,
      firstAnswer: { milliseconds: median(starts), starts: starts.length },
      memory: { rest, afterLoad: memoryOf(portal.pid) },
      passwordCheck: await passwordCheck(),
      loadAverage: loadavg()[1] ?? 0,
    };
  } finally {
    await portal.stop();
  }
}

async function take(plans: Plan[], rounds: number): Promise<void> {
  for (const load of await measure(plans, rounds, round)) {
    measured.push(load);
    say(`${load.name}, ${load.connections} connections: ${load.rate.toFixed(1)}/s`);
  }
}

async function measureJourneys(group: JourneyGroup, portal: Portal): Promise<PageWeight[]> {
  const { plans, pages, close } = await openJourneys(group, portal, dataDir);
  try {
    for (const connections of [1, 20]) {
      await take(
        plans.map((plan) => ({ ...plan, connections })),
        JOURNEY_ROUNDS,
      );
    }
    const weights: PageWeight[] = [];
    for (const { path, cookie } of pages) weights.push(await weigh(portal.origin, path, cookie));
    return weights;
  } finally {
    close();
  }
}

/** Each list into a portal that just started, so that what one leaves behind is not counted with the next. */
async function measureImports(): Promise<ImportRun[]> {
  const runs: ImportRun[] = [];
  for (const [index, { rows, bring }] of IMPORTS.entries()) {
    const portal = await startPortal(env);
    try {
      await bring(portal, WARMING + index);
      await delay(2_000);
      const one = await bring(portal, rows);
      runs.push(one);
      const { before, peak } = one.memory;
      say(
        `${one.what} imported: ${(before / 1e6).toFixed(0)} MB before, ${(peak / 1e6).toFixed(0)} MB at most`,
      );
    } finally {
      await portal.stop();
    }
  }
  return runs;
}

/** Every size in a directory and behind a portal of its own, all running while they are asked in turns. */
async function measureGrowth(): Promise<Growth[]> {
  const sizes: Size[] = [];
  try {
    for (const [index, applications] of SIZES.entries()) {
      const own = {
        ...env,
        DATA_DIR: path.join(dataDir, `of-${applications}`),
        PORT: String(Number(values.port) + index),
      };
      say(`seeding the demo and ${applications} applications beside it`);
      await (await startPortal(own)).stop();
      await runCommand('app/seed.ts', ['--large', String(applications)], own);
      sizes.push({ applications, portal: await startPortal(own) });
    }
    await delay(10_000);
    const found = await compareSizes(sizes, ROUNDS, round);
    for (const { what, applications, load } of found) {
      const cost = load.cpu.node + load.cpu.postgres;
      say(`${what} of ${applications}, ${load.connections} connections: ${cost.toFixed(1)} ms of CPU`);
    }
    return found;
  } finally {
    for (const { portal } of sizes) await portal.stop();
    for (const size of SIZES) rmSync(path.join(dataDir, `of-${size}`), { recursive: true, force: true });
  }
}

async function measureSubmissions(): Promise<Submissions> {
  const portal = await startPortal(env);
  try {
    const found = await submitTogether(portal, runningEmbedded(dataDir)?.url ?? '');
    say(
      `${found.count} submitted at once: ${found.median.toFixed(0)} ms, at most ${found.slowest.toFixed(0)}`,
    );
    return found;
  } finally {
    await portal.stop();
  }
}

/** Each size into a portal that just started, so that what one leaves behind is not counted with the next. */
async function measureUploads(): Promise<Uploads[]> {
  const runs: Uploads[] = [];
  const { applicants, call } = await openUploads();
  for (const upload of UPLOADS) {
    const portal = await startPortal(env);
    try {
      await uploadTogether(portal, applicants, call, WARMING_UPLOAD);
      await delay(5_000);
      const one = await uploadTogether(portal, applicants, call, upload);
      runs.push(one);
      const { before, peak } = one.memory;
      say(
        `${one.rounds} × ${one.count} files of ${one.size / 1e6} MB: ${(before / 1e6).toFixed(0)} MB before, ${(peak / 1e6).toFixed(0)} MB at most`,
      );
    } finally {
      await portal.stop();
    }
  }
  return runs;
}

/** Signing in takes memory of its own: it is done with a portal that is not measured. */
async function openUploads() {
  const portal = await startPortal(env);
  try {
    const databaseUrl = runningEmbedded(dataDir)?.url ?? '';
    const applicants = await openSignedIn(portal.origin, databaseUrl, FILES);
    return { applicants, call: await callWithDocument(databaseUrl) };
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
      const together = { pages, draft: [save], 'sign-in': [enter] };
      for (const group of ['pages', 'draft', 'sign-in'] as const) {
        if (wanted(group)) await take(together[group], ROUNDS);
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
