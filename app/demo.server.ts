import type { Db } from '#db/client.server.ts';
import { person } from '#db/schema/people.ts';
import { installation } from '#db/schema/platform.ts';
import { addressOf, DEMO_PEOPLE } from './demo/people.ts';
import { seedCampaigns } from './demo/seed-campaigns.ts';
import { seedDelegations } from './demo/seed-delegations.ts';
import { seedExchanges } from './demo/seed-exchanges.ts';
import { seedPeople } from './demo/seed-people.ts';
import { seedSupervision } from './demo/seed-supervision.ts';
import { seedTraining } from './demo/seed-training.ts';
import type { Platform } from './platform/runtime.server.ts';

/** One password for all, printed at the start: these people are invented (DESIGN §5). */
export const DEMO_PASSWORD = 'demo-bridge-2026';

/** The addresses of the invented people who can sign in. */
export const DEMO_ACCOUNTS = DEMO_PEOPLE.map(({ name }) => addressOf(name));

/** Whether nobody is in this database yet. */
export async function isEmpty(db: Db): Promise<boolean> {
  const [row] = await db.select({ id: person.id }).from(person).limit(1);
  return row === undefined;
}

/**
 * Fills an empty installation with invented people and their records, through the portal's own use cases, so
 * that every state on the screen was reached by those who may reach it.
 */
export async function seedDemo(platform: Platform): Promise<void> {
  const now = new Date();
  await platform.db.transaction(async (tx) => {
    // Use cases open their own transactions; inside this one those are savepoints, so that a seed that is
    // interrupted leaves an empty installation and not half a story.
    const db = tx as unknown as Db;
    const as = await seedPeople(db, DEMO_PASSWORD);
    await seedExchanges(db, as, now);
    await seedSupervision(db, as, now);
    await seedTraining(db, as, now);
    await seedDelegations(db, platform.vaults, as, now);
    await seedCampaigns(db, as, now);
    await db.insert(installation).values({ key: 'demo', value: true });
  });
  platform.demo = true;
}
