/**
 * Fills an installation with invented people: `npm run seed -- --demo`, or `npm run seed -- --large N` for N people and
 * N applications over both sides. Refused where the portal has a public address.
 */
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { seedLarge } from '#db/seed/large.server.ts';
import { BuildFailed, ensureBuilt, serverBundle } from './platform/build.server.ts';
import { type Config, ConfigError, parseSettings } from './platform/config.ts';
import { migrateInstallation } from './platform/migrate-installation.server.ts';
import { holdsDatabase, openInstallation } from './platform/open-installation.server.ts';
import { runCommand, UsageError } from './platform/run-command.ts';
import type * as Server from './server.ts';

/** More would take minutes, and nothing here is as large. */
const MOST = 1_000_000;

await runCommand(
  async (args, say) => {
    const wish = read(args);
    const { loopback, appUrl, embedded, dataDir } = parseSettings(process.env);
    if (!loopback) {
      throw new ConfigError(`APP_URL ${appUrl} is a public address: invented people do not belong there`);
    }
    const fresh = embedded && !holdsDatabase(dataDir);
    const { config, running, close } = await openInstallation(process.env, {
      doing: 'being seeded',
      fresh,
      say,
    });
    try {
      await migrateInstallation(config);
      if (wish.large === undefined) await demo(config, running, say);
      else {
        const began = performance.now();
        const { people, applications } = await seedLarge(config.migrateDatabaseUrl, wish.large);
        const seconds = ((performance.now() - began) / 1000).toFixed(1);
        say(`added ${people} people and ${applications} applications in ${seconds} s`);
      }
    } finally {
      await close();
    }
  },
  [BuildFailed],
);

function read(args: string[]): { large?: number } {
  try {
    const { values } = parseArgs({ args, options: { demo: { type: 'boolean' }, large: { type: 'string' } } });
    if (values.demo && values.large === undefined) return {};
    const large = Number(values.large);
    if (!values.demo && Number.isInteger(large) && large >= 1 && large <= MOST) return { large };
  } catch {
    // Unknown options are told the same way.
  }
  throw new UsageError(`Usage: npm run seed -- --demo | --large N (N up to ${MOST})`);
}

/** The demo is told through the portal's own use cases, so it needs the built portal. */
async function demo(config: Config, running: boolean, say: (text: string) => void): Promise<void> {
  await ensureBuilt(() => say('building the portal'), new AbortController().signal);
  process.env.NODE_ENV = 'production';
  const server: typeof Server = await import(pathToFileURL(serverBundle).href);
  const seeded = await server.seedDemoOnce(config);
  if (!seeded)
    throw new ConfigError('The demo is only seeded into an empty installation, and this one holds people');
  say(`demo accounts, password ${seeded.password}:`);
  for (const line of seeded.accounts) say(`    ${line}`);
  if (running) say('the portal that runs learns of it at its next start');
}
