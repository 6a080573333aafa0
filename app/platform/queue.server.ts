import { AsyncLocalStorage } from 'node:async_hooks';
import { sql } from 'drizzle-orm';
import { type Db as BossDb, fromDrizzle, type Job, PgBoss, type Queue as QueueSettings } from 'pg-boss';
import type { Logger } from 'pino';
import type { ZodType } from 'zod';
import type { Db, DbOrTx } from '#db/client.server.ts';
import { QUEUE_SCHEMA } from '#db/install-queue.server.ts';

/** What a handler is given. `signal` fires when the process stops or the job took too long. */
export type JobContext = { db: Db; log: Logger; signal: AbortSignal };

/** What is needed to put a job into the queue. The payload holds ids only, never a personal value. */
export type JobKind<P> = {
  /** `<room>.<what>`, e.g. `mail.send`; the name of its queue. */
  name: string;
  schema: ZodType<P>;
  /** Runs after the first that failed; default 8. */
  retryLimit?: number;
  /** Seconds before the first retry, doubled for each further one; default 5. */
  retryDelay?: number;
  /** Longest pause between two runs in seconds; default 900. */
  retryDelayMax?: number;
  /** Seconds one run may take; default 900. */
  expireInSeconds?: number;
  /**
   * What the `singletonKey` of `enqueue` means: `short` lets one job of the key wait, `singleton` lets one run,
   * `stately` both, `exclusive` one in all. A key on a `standard` queue would mean nothing and is refused.
   */
  policy?: 'standard' | 'short' | 'singleton' | 'stately' | 'exclusive';
};

/** A job and who does it. Runs again after a crash, so its handler must bear being repeated. */
export type JobDef<P = unknown> = JobKind<P> & {
  handle(payload: P, context: JobContext): Promise<void>;
  /** Five-field schedule in UTC; the payload of such a run is `{}`. */
  cron?: string;
  /** Handlers at once in one process; default 1. */
  concurrency?: number;
};

/** Gives the handler's payload the type of its schema. */
export function defineJob<P>(job: JobDef<P>): JobDef<P> {
  return job;
}

/** Of a failed job: its name, and what its handler threw. */
export type FailedJob = { name: string; id: string; error: unknown };

// ---- Putting jobs in ----

/** The transaction in which the sender's SQL runs; it has no connection of its own. */
const within = new AsyncLocalStorage<DbOrTx>();
const borrowed: BossDb = {
  executeSql(text, values) {
    const tx = within.getStore();
    if (!tx) throw new Error('The queue was asked for outside enqueue');
    return fromDrizzle(tx, sql).executeSql(text, values);
  },
};
let sender: Promise<PgBoss> | undefined;

/** A pg-boss that only knows the queues' names; started to learn them, stopped at once to leave no timer. */
async function theSender(): Promise<PgBoss> {
  sender ??= (async () => {
    const boss = new PgBoss({
      db: borrowed,
      schema: QUEUE_SCHEMA,
      migrate: false,
      supervise: false,
      schedule: false,
    });
    boss.on('error', () => {});
    await boss.start();
    await boss.stop({ graceful: false, close: false });
    return boss;
  })().catch((error: unknown) => {
    sender = undefined;
    throw error;
  });
  return sender;
}

/**
 * Puts a job into the queue as part of `tx`: a rollback leaves no job. Works in any process, workers or none.
 *
 * @returns the job's id, or null when `singletonKey` found one there already.
 * @throws ZodError when the payload is not the job's: a bug.
 */
export async function enqueue<P>(
  tx: DbOrTx,
  job: JobKind<P>,
  payload: P,
  options: { startAfter?: Date; singletonKey?: string } = {},
): Promise<string | null> {
  if (options.singletonKey && (job.policy ?? 'standard') === 'standard') {
    throw new Error(`Job ${job.name} needs a policy before a singletonKey means anything`);
  }
  const data = job.schema.parse(payload) as object;
  return within.run(tx, async () => {
    const boss = await theSender();
    const send = () => boss.send(job.name, data, { ...options, db: borrowed });
    return (await send().catch(whenUnknown(job))) ?? missing(boss, job, send, Boolean(options.singletonKey));
  });
}

/** As `enqueue`, for many payloads in one statement. */
export async function enqueueAll<P>(tx: DbOrTx, job: JobKind<P>, payloads: readonly P[]): Promise<void> {
  if (payloads.length === 0) return;
  const jobs = payloads.map((payload) => ({ data: job.schema.parse(payload) as object }));
  await within.run(tx, async () => {
    const boss = await theSender();
    const insert = async () =>
      (await boss.insert(job.name, jobs, { db: borrowed, returnId: true }))?.[0] ?? null;
    return (await insert().catch(whenUnknown(job))) ?? missing(boss, job, insert, false);
  });
}

const whenUnknown =
  <P>(job: JobKind<P>) =>
  (error: unknown) => {
    if (error instanceof Error && error.message === `Queue ${job.name} does not exist`) return null;
    throw error;
  };

/** Nothing was put in: the key was there, or the queue itself is not (a row, so making it is no DDL). */
async function missing<P>(
  boss: PgBoss,
  job: JobKind<P>,
  again: () => Promise<string | null>,
  keyed: boolean,
): Promise<string | null> {
  await borrowed.executeSql(`select ${QUEUE_SCHEMA}.create_queue($1, $2::jsonb)`, [
    job.name,
    JSON.stringify(settings(job)),
  ]);
  const id = await again();
  if (id === null && !keyed)
    throw new Error(`Job ${job.name} was not taken by the queue of ${boss.constructor.name}`);
  return id;
}

function settings<P>(job: JobKind<P>): Omit<QueueSettings, 'name'> {
  return {
    policy: job.policy ?? 'standard',
    retryLimit: job.retryLimit ?? 8,
    retryDelay: job.retryDelay ?? 5,
    retryBackoff: true,
    retryDelayMax: job.retryDelayMax ?? 900,
    expireInSeconds: job.expireInSeconds ?? 900,
    // The least pg-boss takes: a killed worker's job runs again after so long.
    heartbeatSeconds: 10,
    deleteAfterSeconds: 7 * 24 * 3600,
    notify: true,
  };
}

// ---- Doing them ----

type Running = {
  boss: PgBoss;
  db: Db;
  jobs: readonly JobDef[];
  log: Logger;
  stopping: AbortController;
};

const holder = globalThis as typeof globalThis & { setuMostQueue?: Running };

/**
 * Starts this process's part in the queue. With `work: false` it makes sure that the queues exist and leaves their
 * jobs to another process, or to `drainQueue`.
 */
export async function startQueue(options: {
  url: string;
  db: Db;
  jobs: readonly JobDef[];
  work: boolean;
  log: Logger;
}): Promise<void> {
  const { jobs, log, db, work } = options;
  const boss = new PgBoss({
    connectionString: options.url,
    schema: QUEUE_SCHEMA,
    application_name: 'setu-most queue',
    max: work ? 4 : 1,
    migrate: false,
    reindex: false,
    supervise: work,
    schedule: work,
    useListenNotify: work,
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
  });
  boss.on('error', (error) => log.error({ err: error }, 'queue'));
  boss.on('warning', (warning) => log.warn({ warning: warning.message }, 'queue'));
  await boss.start();
  for (const job of jobs) {
    await boss.createQueue(job.name, settings(job));
    const { policy: _, ...changeable } = settings(job);
    await boss.updateQueue(job.name, changeable);
  }
  const running: Running = { boss, db, jobs, log, stopping: new AbortController() };
  holder.setuMostQueue = running;
  if (!work) return;
  for (const job of jobs) {
    for (let worker = 0; worker < (job.concurrency ?? 1); worker += 1) await startWorker(running, job);
  }
  await keepSchedules(boss, jobs);
}

async function startWorker(running: Running, job: JobDef): Promise<void> {
  const { boss } = running;
  const waits = { pollingIntervalSeconds: 2, notifyPollingIntervalSeconds: 30 };
  let id = '';
  id = await boss.work(job.name, { batchSize: 1, ...waits }, async ([one]: Job<object>[]) => {
    if (one) await run(running, job, one);
    // A worker takes one job at each ring of the bell: the next of many is fetched at once, not at the next look.
    boss.notifyWorker(id);
  });
}

/** Lets running jobs finish for up to `seconds`; what is not done by then runs again elsewhere or later. */
export async function stopQueue(seconds = 3.5): Promise<void> {
  const running = holder.setuMostQueue;
  if (!running) return;
  holder.setuMostQueue = undefined;
  running.stopping.abort();
  await running.boss.stop({ graceful: true, timeout: seconds * 1000 });
}

/**
 * Does every job that is due, and those that they put in, and comes back when none is left: for tests, and for
 * scripts that want to leave a finished database behind.
 *
 * @returns how many were done.
 * @throws the first handler's error, after all others were done.
 */
export async function drainQueue(): Promise<number> {
  const running = holder.setuMostQueue;
  if (!running) throw new Error('drainQueue needs a started queue');
  const failed: FailedJob[] = [];
  let done = 0;
  for (let found = true; found; ) {
    found = false;
    for (const job of running.jobs) {
      for (const one of await running.boss.fetch<object>(job.name, { batchSize: 10 })) {
        found = true;
        try {
          await run(running, job, { ...one, signal: AbortSignal.timeout(60_000) });
          await running.boss.complete(job.name, one.id);
          done += 1;
        } catch (error) {
          await running.boss.fail(job.name, one.id, { message: String(error) });
          failed.push({ name: job.name, id: one.id, error });
        }
      }
    }
  }
  if (failed[0]) throw failed[0].error;
  return done;
}

/** Whether the queue answers, for `/readyz`. */
export async function queueReady(): Promise<boolean> {
  const running = holder.setuMostQueue;
  if (!running) return false;
  try {
    return await running.boss.isInstalled();
  } catch {
    return false;
  }
}

/** Calls the handler; pg-boss retries what it throws. Payload and error text stay out of the log: both may name people. */
async function run(running: Running, job: JobDef, one: Job<object>): Promise<void> {
  const log = running.log.child({ job: job.name, jobId: one.id, attempt: one.retryCount + 1 });
  const started = performance.now();
  try {
    const payload = job.schema.parse(one.data ?? {});
    const signal = AbortSignal.any([one.signal, running.stopping.signal]);
    await job.handle(payload, { db: running.db, log, signal });
    log.debug({ ms: Math.round(performance.now() - started) }, 'job done');
  } catch (error) {
    log.warn({ problem: problemOf(error), at: firstFrame(error) }, 'job failed');
    throw error;
  }
}

function problemOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return 'code' in error && typeof error.code === 'string' ? `${error.name} ${error.code}` : error.name;
}

function firstFrame(error: unknown): string | undefined {
  return error instanceof Error
    ? error.stack
        ?.split('\n')
        .find((line) => line.trim().startsWith('at '))
        ?.trim()
    : undefined;
}

async function keepSchedules(boss: PgBoss, jobs: readonly JobDef[]): Promise<void> {
  const wanted = new Map(jobs.flatMap((job) => (job.cron ? [[job.name, job.cron] as const] : [])));
  for (const { name } of await boss.getSchedules()) if (!wanted.has(name)) await boss.unschedule(name);
  for (const [name, cron] of wanted) await boss.schedule(name, cron, {}, { tz: 'UTC', missed: 'once' });
}
