import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll } from 'vitest';
import type { Db } from '#db/client.server.ts';
import { useDatabase } from './database.ts';
import { portalEntry } from './portal-build.ts';
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
  start(options: { env: Record<string, string> }): Promise<{ url: string; stop(): Promise<void> }>;
}

/** A port that was free a moment ago: the portal must know its own address before it listens. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('No free port');
  return address.port;
}

/**
 * Serves the built portal to the calling test file, on the file's own database and data directory, with the
 * local mailbox; stopped after its last test. Only in `*.http.test.ts`, `tests/permissions`, `tests/journeys`
 * and `tests/faults`, where the portal is built beforehand.
 * @param options.env environment beyond the defaults, by the names of DESIGN §5
 */
export async function usePortal(options: { env?: Record<string, string> } = {}): Promise<Portal> {
  const { db, url: databaseUrl } = await useDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'setu-most-portal-'));
  const port = await freePort();
  const built = (await import(/* @vite-ignore */ pathToFileURL(portalEntry).href)) as BuiltPortal;
  const running = await built.start({
    env: {
      PORT: String(port),
      APP_URL: `http://localhost:${port}`,
      DATABASE_URL: databaseUrl,
      DATA_DIR: dataDir,
      MAIL_TRANSPORT: 'mailbox',
      LOG_LEVEL: 'silent',
      AUTH_SECRET: 'only-for-tests-only-for-tests-only-for-tests',
      VAULT_IN_KEY: Buffer.alloc(32, 1).toString('base64'),
      VAULT_RU_KEY: Buffer.alloc(32, 2).toString('base64'),
      ...options.env,
    },
  });
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
