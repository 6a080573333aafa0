import { execFile } from 'node:child_process';
import { globSync, statSync } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { projectRoot } from './source-files.ts';

/** The built portal's entry, which exports `start`. */
export const portalEntry = join(projectRoot, 'build/server/index.js');

const sources = [
  'app/**/*',
  'db/**/*',
  'emails/**/*',
  'locales/**/*',
  'remix.config.ts',
  'package-lock.json',
];

/** When a file was last written, in milliseconds; 0 where there is none. */
const writtenAt = (path: string) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** Says whether the build is at least as new as everything it is made from. */
function isFresh(): boolean {
  const built = writtenAt(portalEntry);
  return globSync(sources, { cwd: projectRoot })
    .filter((path) => !/\.test\.tsx?$/.test(path))
    .every((path) => writtenAt(join(projectRoot, path)) <= built);
}

async function build(): Promise<void> {
  // The test runner's own variables would make the build one for tests.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(VITEST.*|TEST|MODE|DEV|PROD|SSR|BASE_URL|NODE_ENV)$/.test(name),
    ),
  );
  const cli = join(projectRoot, 'node_modules/@react-router/dev/bin.js');
  try {
    await promisify(execFile)(process.execPath, [cli, 'build', '-c', 'remix.config.ts'], {
      cwd: projectRoot,
      env: { ...env, NODE_ENV: 'production' },
      maxBuffer: 64 * 1024 * 1024,
    });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`The portal does not build:\n${stdout}\n${stderr}`);
  }
}

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
      // A build takes seconds; a lock of minutes was left behind by a killed run.
      if (held && Date.now() - held.mtimeMs > 180_000) await rm(lock, { recursive: true, force: true });
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
    if (isFresh()) return;
    console.log('Building the portal…');
    await build();
  });
}
