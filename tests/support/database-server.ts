import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startEmbedded } from '#db/embedded.server.ts';
import { migrateDatabase } from '#db/migrate.server.ts';

/** Where a test file finds the server and the database it clones. */
export interface TestServer {
  /** Connects to the server's own database, to create and drop others. */
  adminUrl: string;
  /** A migrated database that nobody may connect to. */
  template: string;
  /** Begins the name of every database of this run. */
  prefix: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    testServer: TestServer;
  }
}

interface Running extends TestServer {
  stop(): Promise<void>;
}

// Each project loads its own copy of this module; the run has one server all the same.
const shared = globalThis as { setuTestServer?: { running: Promise<Running>; users: number } };

/** Replaces the database's name in a connection URL. */
export function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

/** Runs one administrative statement over a connection of its own. */
export async function administer(
  url: string,
  statement: string,
  values: unknown[] = [],
): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query(statement, values);
  } finally {
    await client.end();
  }
}

/** The server of `DATABASE_URL`, or an embedded one in a temporary directory (fast, and forgotten after). */
async function openServer(): Promise<{ url: string; stop(): Promise<void> }> {
  const given = process.env.DATABASE_URL;
  if (given) return { url: given, stop: async () => {} };
  const dataDir = await mkdtemp(join(tmpdir(), 'setu-most-test-'));
  // The server ends with this process whatever happens; a run that ends without its teardown leaves no files.
  process.once('exit', () => rmSync(dataDir, { recursive: true, force: true }));
  const lines: string[] = [];
  try {
    const server = await startEmbedded({ dataDir, fsync: false, log: (line) => lines.push(line) });
    return {
      url: server.url,
      stop: async () => {
        await server.stop();
        await rm(dataDir, { recursive: true, force: true });
      },
    };
  } catch (error) {
    console.error(lines.join('\n'));
    throw error;
  }
}

/** Starts the server and makes the migrated template. */
async function start(): Promise<Running> {
  const server = await openServer();
  const prefix = `setu_test_${Date.now().toString(36)}_${process.pid}`;
  const template = `${prefix}_template`;
  await administer(server.url, `CREATE DATABASE ${template}`);
  const url = withDatabase(server.url, template);
  await migrateDatabase(url);
  await administer(url, 'VACUUM (ANALYZE)');
  await administer(server.url, `ALTER DATABASE ${template} WITH ALLOW_CONNECTIONS false IS_TEMPLATE true`);
  return {
    adminUrl: server.url,
    template,
    prefix,
    stop: async () => {
      // What a killed worker left behind goes with the run, on a server that outlives it too.
      await administer(server.url, `ALTER DATABASE ${template} WITH IS_TEMPLATE false`);
      const left = await administer(
        server.url,
        'SELECT datname FROM pg_database WHERE starts_with(datname, $1)',
        [prefix],
      );
      for (const { datname } of left.rows)
        await administer(server.url, `DROP DATABASE ${datname} WITH (FORCE)`);
      await server.stop();
    },
  };
}

/** Vitest's global setup: one server for all projects of the run, told to the workers as `testServer`. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  shared.setuTestServer ??= { running: start(), users: 0 };
  const mine = shared.setuTestServer;
  mine.users += 1;
  const { stop, ...server } = await mine.running;
  project.provide('testServer', server);
  return async () => {
    mine.users -= 1;
    if (mine.users > 0) return;
    shared.setuTestServer = undefined;
    await stop();
  };
}
