import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { request } from 'undici';
import { projectRoot } from '#db/project-root.ts';

const STARTING = 180_000;

export interface Portal {
  origin: string;
  pid: number;
  /** Milliseconds from its start to its first answer. */
  firstAnswer: number;
  stop(): Promise<void>;
}

/** Starts the portal as an operator does, and waits for its first page. */
export async function startPortal(env: Record<string, string>, flags: string[] = []): Promise<Portal> {
  const origin = `http://localhost:${env.PORT}`;
  // Another portal there would be measured in its place.
  if (await answers(origin)) throw new Error(`Somebody answers at ${origin} already: choose another --port`);
  const began = performance.now();
  const child = spawn(process.execPath, [...flags, 'app/start.ts'], {
    cwd: projectRoot,
    env: environment(env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  };
  const end = () => child.kill('SIGKILL');
  process.once('exit', end);
  child.once('exit', () => process.off('exit', end));
  while (!(await answers(origin))) {
    if (child.exitCode !== null || performance.now() - began > STARTING) {
      throw new Error(`The portal did not start:\n${output}`);
    }
    await delay(5);
  }
  return { origin, pid: child.pid ?? 0, firstAnswer: performance.now() - began, stop };
}

async function answers(origin: string): Promise<boolean> {
  try {
    const { statusCode, body } = await request(origin);
    await body.dump();
    return statusCode === 200;
  } catch {
    return false;
  }
}

/** Runs one of the project's commands to its end. */
export async function runCommand(script: string, args: string[], env: Record<string, string>): Promise<void> {
  const child = spawn(process.execPath, [script, ...args], {
    cwd: projectRoot,
    env: environment(env),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`${script} ended with ${code}`);
}

/** Serves the two ceilings for a page. */
export async function startBare(page: string): Promise<{ origin: string; pid: number; stop(): void }> {
  const child = fork(path.join(projectRoot, 'tests/bench/bare-server.ts'), [page], {
    env: environment({ NODE_ENV: 'production' }),
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const [port] = await once(child.stdout ?? child, 'data');
  const origin = `http://127.0.0.1:${String(port).trim()}`;
  return { origin, pid: child.pid ?? 0, stop: () => void child.kill() };
}

function environment(env: Record<string, string>): Record<string, string> {
  return { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...env };
}

/** Resident memory in bytes: the portal's own, and PostgreSQL's with each shared page counted once. Linux only. */
export interface Memory {
  node: number;
  postgres: number;
}

/** Memory of a portal and of the PostgreSQL it started; null where the system does not tell. */
export function memoryOf(pid: number): Memory | null {
  if (process.platform !== 'linux') return null;
  const postmaster = childrenOf(pid).find((one) => nameOf(one) === 'postgres');
  const servers = postmaster === undefined ? [] : [postmaster, ...childrenOf(postmaster)];
  return {
    node: kilobytes(pid, 'status', 'VmRSS'),
    postgres: servers.reduce((sum, one) => sum + shareOf(one), 0),
  };
}

/** Lets the system count the peak of a process anew (proc(5), `clear_refs`). @returns its resident bytes now. */
export function resetPeak(pid: number): number {
  if (process.platform !== 'linux') return 0;
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
  return kilobytes(pid, 'status', 'VmRSS');
}

/** The most resident bytes of a process since `resetPeak`; zero where the system does not tell. */
export function peakMemory(pid: number): number {
  return process.platform === 'linux' ? kilobytes(pid, 'status', 'VmHWM') : 0;
}

/** Processor milliseconds that a process, and the PostgreSQL it started, used so far. */
export interface Cpu {
  node: number;
  postgres: number;
}

/** Zero where the system does not tell. */
export function cpuOf(pid: number): Cpu {
  if (process.platform !== 'linux') return { node: 0, postgres: 0 };
  const postmaster = childrenOf(pid).find((one) => nameOf(one) === 'postgres');
  // What its ended children used is added to the postmaster's own count.
  const servers = postmaster === undefined ? [] : [postmaster, ...childrenOf(postmaster)];
  return {
    node: ticks(pid, [13, 14]),
    postgres: servers.reduce(
      (sum, one) => sum + ticks(one, one === postmaster ? [13, 14, 15, 16] : [13, 14]),
      0,
    ),
  };
}

/** The kernel counts in hundredths of a second. Fields as in proc(5), from zero. */
function ticks(pid: number, fields: number[]): number {
  const values = read(pid, 'stat')
    .replace(/^.*\) /s, '')
    .split(' ');
  return fields.reduce((sum, field) => sum + Number(values[field - 2] ?? 0), 0) * 10;
}

function childrenOf(parent: number): number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter(
    (pid) =>
      read(pid, 'stat')
        .replace(/^.*\) /s, '')
        .split(' ')[1] === String(parent),
  );
}

function nameOf(pid: number): string {
  return read(pid, 'comm').trim();
}

/** Proportional share, where we may read it; else what is resident and not shared. */
function shareOf(pid: number): number {
  return kilobytes(pid, 'smaps_rollup', 'Pss') || kilobytes(pid, 'status', 'RssAnon');
}

function kilobytes(pid: number, file: string, field: string): number {
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(read(pid, file))?.[1] ?? 0) * 1024;
}

function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
