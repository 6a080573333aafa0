import { sql } from 'drizzle-orm';
import { queueReady } from './queue.server.ts';
import type { Platform } from './runtime.server.ts';

export type Readiness = {
  ready: boolean;
  parts: { database: boolean; queue: boolean; files: boolean };
  /** Away is no reason to take the portal out of service: the rest works and says so. */
  vaults: { in: boolean; ru: boolean };
};

const PATIENCE = 2_000;

/** Whether this process can serve. Each part has two seconds; one that is silent counts as away. */
export async function readiness({ db, files, vaults }: Platform): Promise<Readiness> {
  const [database, queue, store, vaultIn, vaultRu] = await Promise.all([
    answers(async () => {
      await db.execute(sql`select 1`);
      return true;
    }),
    answers(queueReady),
    answers(() => files.ready()),
    answers(() => vaults.in.available()),
    answers(() => vaults.ru.available()),
  ]);
  const parts = { database, queue, files: store };
  return { ready: Object.values(parts).every(Boolean), parts, vaults: { in: vaultIn, ru: vaultRu } };
}

async function answers(ask: () => Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, PATIENCE, false);
  });
  try {
    return await Promise.race([ask(), silence]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
