import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import * as path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { projectRoot } from '#db/project-root.ts';

/** What the build is made of. Tests are not. */
const SOURCES = ['app', 'db', 'emails', 'locales', 'package-lock.json', 'package.json', 'remix.config.ts'];
const NOT_BUILT = /\.test\.tsx?$/;
/** A build takes seconds; a lock of minutes was left behind by a killed start. Milliseconds. */
const LOCK_LASTS = 180_000;

/** The portal could not be built; the message holds what the build tool said. */
export class BuildFailed extends Error {
  override name = 'BuildFailed';
}

/** The server bundle. */
export const serverBundle = path.join(projectRoot, 'build', 'server', 'index.js');

/** Whether there is a build and nothing it is made of changed since. */
export function buildIsFresh(): boolean {
  const built = modified(serverBundle);
  return built !== undefined && SOURCES.every((name) => newest(path.join(projectRoot, name)) < built);
}

/**
 * Builds the portal where its build is missing or older than its sources. Several starts from one checkout build once:
 * the others wait.
 *
 * @param onBuild told when there is something to build.
 */
export async function ensureBuilt(onBuild: () => void, signal: AbortSignal): Promise<void> {
  const lock = path.join(projectRoot, 'node_modules', '.cache', 'portal-build.lock');
  for (let waiting = false; !buildIsFresh(); waiting = true) {
    if (!waiting) onBuild();
    if (!takeLock(lock)) {
      await delay(250, undefined, { signal });
      continue;
    }
    try {
      await buildPortal(signal);
    } finally {
      fs.rmSync(lock, { recursive: true, force: true });
    }
  }
}

/** True when this process may build; true also where no lock can be kept, since then the build itself tells why. */
function takeLock(lock: string): boolean {
  try {
    fs.mkdirSync(path.dirname(lock), { recursive: true });
    fs.mkdirSync(lock);
    return true;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) return true;
    const held = fs.statSync(lock, { throwIfNoEntry: false });
    if (held && Date.now() - held.mtimeMs > LOCK_LASTS) fs.rmSync(lock, { recursive: true, force: true });
    return false;
  }
}

/**
 * Builds browser files and server bundle in a process of its own, whose memory goes with it.
 *
 * @param signal ends the build.
 * @throws BuildFailed with what the build tool said.
 */
export async function buildPortal(signal?: AbortSignal): Promise<void> {
  const manifest = createRequire(import.meta.url).resolve('@react-router/dev/package.json');
  const tool = path.join(path.dirname(manifest), 'bin.cjs');
  const began = new Date();
  const child = spawn(process.execPath, [tool, 'build', '-c', 'remix.config.ts'], {
    cwd: projectRoot,
    env: { ...process.env, NODE_ENV: 'production', VITEST: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const [code] = await once(child, 'close');
  if (code !== 0) throw new BuildFailed(`The build failed:\n${output.trim()}`);
  // As old as what it was made of: a source that changed meanwhile is newer.
  fs.utimesSync(serverBundle, began, began);
}

/** Newest change below a path; a folder's own time tells of files that were removed. */
function newest(target: string): number {
  const stat = fs.statSync(target, { throwIfNoEntry: false });
  if (!stat) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  let latest = stat.mtimeMs;
  for (const entry of fs.readdirSync(target, { withFileTypes: true })) {
    if (NOT_BUILT.test(entry.name)) continue;
    latest = Math.max(latest, newest(path.join(target, entry.name)));
  }
  return latest;
}

function modified(file: string): number | undefined {
  return fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs;
}
