import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll } from 'vitest';
import { serverBundle } from '#app/platform/build.server.ts';
import { type Config, parseConfig } from '#app/platform/config.ts';
import type { Db } from '#db/client.server.ts';
import { installation } from '#db/schema/platform.ts';
import { useDatabase } from './database.ts';

import { type Visitor, visitor } from './visitor.ts';

export interface Portal {
  url: string;
  db: Db;
  databaseUrl: string;
  dataDir: string;
  /** A fresh visitor of this portal. */
  visitor(lng?: 'en' | 'ru'): Visitor;
  /** Stops the portal before the file ends, to see what stays. */
  stop(): Promise<void>;
}

interface BuiltPortal {
  start(options: StartOptions): Promise<{ url: string; stop(): Promise<void> }>;
}

type StartOptions = { config: Config } & Omit<PortalOptions, 'env' | 'demo'>;

interface PortalOptions {
  /** Environment beyond the defaults, by the names of DESIGN §5. */
  env?: Record<string, string>;
  /** Whether jobs run in the portal's process too; they do unless told otherwise. */
  jobs?: boolean;
  /** Marks the installation as a demo: people with roles need no second factor there. */
  demo?: boolean;
}

/**
 * Serves the built portal to the calling test file, on the file's own database and data directory, with the
 * local mailbox; stopped after its last test. Only in `*.http.test.ts`, `tests/permissions`, `tests/journeys`
 * and `tests/faults`, where the portal is built beforehand.
 */
export async function usePortal({ env, demo, ...options }: PortalOptions = {}): Promise<Portal> {
  const { db, url: databaseUrl } = await useDatabase();
  if (demo) await db.insert(installation).values({ key: 'demo', value: true });
  const dataDir = await mkdtemp(join(tmpdir(), 'setu-most-portal-'));
  // A free port is taken, and the portal's own address follows it.
  const config = parseConfig({
    PORT: '0',
    DATABASE_URL: databaseUrl,
    DATA_DIR: dataDir,
    MAIL_TRANSPORT: 'mailbox',
    LOG_LEVEL: 'error',
    AUTH_SECRET: 'only-for-tests-only-for-tests-only-for-tests',
    VAULT_IN_KEY: Buffer.alloc(32, 1).toString('base64'),
    VAULT_RU_KEY: Buffer.alloc(32, 2).toString('base64'),
    ...env,
  });
  const built = (await import(/* @vite-ignore */ pathToFileURL(serverBundle).href)) as BuiltPortal;
  const running = await built.start({ config, ...options });
  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= running.stop();
    return stopped;
  };
  afterAll(async () => {
    await stop();
    await rm(dataDir, { recursive: true, force: true });
  });
  return { url: running.url, db, databaseUrl, dataDir, stop, visitor: (lng) => visitor(running.url, lng) };
}
