import { eq } from 'drizzle-orm';
import type { Logger } from 'pino';
import { connect, type Db } from '#db/client.server.ts';
import { installation } from '#db/schema/platform.ts';
import { messagesByCode } from './compose-message.server.ts';
import type { Config } from './config.ts';
import { type FileStore, openFileStore } from './file-store.server.ts';
import { fileJobs } from './files.server.ts';
import { startLive, stopLive } from './live.server.ts';
import { log } from './log.server.ts';
import { type Mailers, openMailers } from './mailers.server.ts';
import { startQueue, stopQueue } from './queue.server.ts';
import type { Room } from './room.ts';
import { mailJobs } from './send-mail.server.ts';
import { openVaults, type Vaults } from './vault.server.ts';
import { forgetTablesJob } from './waiting-table.server.ts';

/** What a running process of the portal has in its hands. */
export type Platform = {
  config: Config;
  db: Db;
  vaults: Vaults;
  files: FileStore;
  mailers: Mailers;
  log: Logger;
  rooms: readonly Room[];
  /** Whether this installation was seeded with invented people. */
  demo: boolean;
};

// In development two copies of this module can be loaded; the platform is one all the same.
const holder = globalThis as typeof globalThis & { setuMost?: Platform | undefined };

/** The platform of this process. Throws where none was opened: a bug, not a refusal. */
export function platform(): Platform {
  if (!holder.setuMost) throw new Error('the platform has not been opened');
  return holder.setuMost;
}

/** Opens database, vaults, files, mail and queue on a migrated database. With `work`, jobs run in this process too. */
export async function openPlatform(
  config: Config,
  rooms: readonly Room[],
  options: { work: boolean },
): Promise<Platform> {
  const db = connect(config.databaseUrl);
  const opened: Platform = {
    config,
    db,
    vaults: openVaults(config.vaults),
    files: openFileStore(config),
    mailers: openMailers(config),
    log,
    rooms,
    demo: await isDemo(db),
  };
  holder.setuMost = opened;
  await startQueue({
    url: config.databaseUrl,
    db,
    jobs: [...platformJobs(opened), ...rooms.flatMap((room) => room.jobs ?? [])],
    work: options.work,
    log,
  });
  startLive(config.databaseUrl);
  return opened;
}

function platformJobs({ config, files, mailers, rooms }: Platform) {
  const { appUrl, authSecret } = config;
  return [
    ...mailJobs({ mailers, messages: messagesByCode(rooms), appUrl, authSecret }),
    forgetTablesJob,
    ...fileJobs(files),
  ];
}

/** Closes what `openPlatform` opened, jobs first: they still need the rest. */
export async function closePlatform(): Promise<void> {
  const opened = holder.setuMost;
  if (!opened) return;
  await Promise.all([stopQueue(), stopLive()]);
  opened.mailers.close();
  holder.setuMost = undefined;
  await Promise.all([opened.vaults.close(), opened.db.$client.end()]);
}

async function isDemo(db: Db): Promise<boolean> {
  const [row] = await db.select().from(installation).where(eq(installation.key, 'demo'));
  return row?.value === true;
}
