import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach } from 'vitest';
import { projectRoot } from '#db/project-root.ts';

/** One start of the portal, as an operator makes it. */
export interface PortalProcess {
  child: ChildProcess;
  /** What it said so far, both streams together. */
  output: () => string;
  /** Waits for a line; fails when the process ends before it said it. */
  says: (pattern: RegExp) => Promise<RegExpMatchArray>;
  /** Waits for the end. */
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

export interface Bed {
  dataDir: string;
  port: number;
  url: string;
  start: (env?: Record<string, string>, options?: StartOptions) => PortalProcess;
}

interface StartOptions {
  uid?: number;
  gid?: number;
}

const opened: { children: ChildProcess[]; dirs: string[] } = { children: [], dirs: [] };

afterEach(async () => {
  for (const child of opened.children) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  for (const dir of opened.dirs) {
    // A database whose portal was killed still writes its last words.
    await untilTrue(() => postmasterOf(dir) === undefined);
    rmSync(dir, { recursive: true, force: true });
  }
  opened.children = [];
  opened.dirs = [];
});

/** A data directory and a port that nobody has, and a way to start the portal on them. */
export async function makeBed(): Promise<Bed> {
  const dataDir = mkdtempSync(join(tmpdir(), 'setu-most-fault-'));
  opened.dirs.push(dataDir);
  const port = await freePort();
  return {
    dataDir,
    port,
    url: `http://localhost:${port}`,
    start: (env = {}, options = {}) =>
      startPortal({ DATA_DIR: dataDir, PORT: String(port), ...env }, options),
  };
}

function startPortal(env: Record<string, string>, options: StartOptions): PortalProcess {
  const child = spawn(process.execPath, ['app/start.ts'], {
    cwd: projectRoot,
    env: { PATH: process.env.PATH ?? '', HOME: tmpdir(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...options,
  });
  opened.children.push(child);
  let output = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      for (const listener of listeners) listener();
    });
  }
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal }));
  return {
    child,
    output: () => output,
    ended,
    says: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = output.match(pattern);
          if (!found) return;
          listeners.delete(look);
          resolve(found);
        };
        listeners.add(look);
        void ended.then(() => reject(new Error(`It ended without saying ${pattern}:\n${output}`)));
        look();
      }),
  };
}

/** The PostgreSQL process of a data directory, while it lives. */
export function postmasterOf(dataDir: string): number | undefined {
  try {
    const pid = Number(readFileSync(join(dataDir, 'postgres/data/postmaster.pid'), 'utf8').split('\n')[0]);
    return isAlive(pid) ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a process runs; one that ended and was not collected does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return process.platform !== 'linux';
  }
}

/** Waits for what no event tells: that a process of somebody else is gone. */
export async function untilTrue(condition: () => boolean, patience = 10_000): Promise<void> {
  const deadline = Date.now() + patience;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`Not so within ${patience} ms: ${condition}`);
    await delay(25);
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
