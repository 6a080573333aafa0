import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { buildIsFresh, buildPortal } from '#app/platform/build.server.ts';
import { projectRoot } from './source-files.ts';

/** A build takes seconds; a lock of minutes was left behind by a killed run. */
const lockLastsMs = 180_000;

/** Lets one build run at a time, also among several runs of the tests in one checkout. */
async function oneAtATime(task: () => Promise<void>): Promise<void> {
  const lock = join(projectRoot, 'node_modules/.cache/portal-build.lock');
  await mkdir(join(lock, '..'), { recursive: true });
  for (;;) {
    try {
      await mkdir(lock);
      break;
    } catch {
      const held = await stat(lock).catch(() => undefined);
      if (held && Date.now() - held.mtimeMs > lockLastsMs) await rm(lock, { recursive: true, force: true });
      else await delay(250);
    }
  }
  try {
    await task();
  } finally {
    await rm(lock, { recursive: true, force: true });
  }
}

/** Vitest's global setup: builds the portal where the build is older than its sources. */
export default async function setup(): Promise<void> {
  await oneAtATime(async () => {
    if (buildIsFresh()) return;
    console.log('Building the portal…');
    await buildPortal();
  });
}
