import type { Logger } from 'pino';
import { connect, type Db } from '#db/client.server.ts';
import type { Config } from './config.ts';
import { type FileStore, openFileStore } from './files.server.ts';
import { log } from './log.server.ts';
import { startQueue, stopQueue } from './queue.server.ts';
import type { Room } from './room.ts';
import { openVaults, type Vaults } from './vault.server.ts';

/** What a running process of the portal has in its hands. */
export type Platform = {
  config: Config;
  db: Db;
  vaults: Vaults;
  files: FileStore;
  log: Logger;
  rooms: readonly Room[];
  /** Whether this installation was seeded with invented people. */
  demo: boolean;
};

// In development two copies of this module can be loaded; the platform is one all the same.
const holder = globalThis as typeof globalThis & { setuMost?: Platform };

/** The platform of this process. Throws where nothing was started: a bug, not a refusal. */
export function platform(): Platform {
  if (!holder.setuMost) throw new Error('the platform has not been started');
  return holder.setuMost;
}
