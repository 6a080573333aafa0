/**
 * Our own launcher of the PostgreSQL that npm brings: what runs when no `DATABASE_URL` is given.
 *
 * Layout below the data directory: `postgres/data` is the cluster, `postgres.json` (0600) holds its password and
 * the process that started it. The server listens on 127.0.0.1 alone.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as net from 'node:net';
import * as path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { findBinaries, ownerFor, reachableBy } from './embedded-runtime.server.ts';

const run = promisify(execFile);
const SUPERUSER = 'setu';
const DATABASE = 'setu';

export interface EmbeddedOptions {
  /** The portal's data directory; created when absent. */
  dataDir: string;
  /** TCP port on 127.0.0.1; a free one is chosen when absent. */
  port?: number;
  /** `false` trades durability for speed; for tests only. */
  fsync?: boolean;
  /** Receives what is being done and every line PostgreSQL writes. */
  log: (line: string) => void;
  /** Used when the cluster is created; a random one otherwise. */
  superuserPassword?: string;
  /** Told when the server ends without being asked to. */
  onLost?: (reason: string) => void;
}

export interface Embedded {
  url: string;
  pid: number;
  /** Fast shutdown: sessions end, everything committed is on disk. Resolves when the process is gone. */
  stop(): Promise<void>;
}

/** A start that cannot succeed; the message is one clear line for the operator. */
export class EmbeddedError extends Error {}

interface Identity {
  password: string;
  /** Process that last started the server, to tell a server in use from one left behind by a crash. */
  owner: number;
}

/**
 * Starts the embedded PostgreSQL in `dataDir`, creating the cluster and its database at first.
 *
 * A directory in use is refused by an {@link EmbeddedError} naming pid and port; one left by a crash is recovered.
 * The server stops when this process ends, however it ends: a watcher holds the other end of a pipe from us.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  if (process.platform === 'win32') {
    throw new EmbeddedError('The embedded PostgreSQL does not run on Windows: set DATABASE_URL, or use WSL');
  }
  const home = path.resolve(options.dataDir);
  const clusterHome = path.join(home, 'postgres');
  const cluster = path.join(clusterHome, 'data');
  const identityFile = path.join(home, 'postgres.json');
  fs.mkdirSync(home, { recursive: true });

  await settleFormerServer(home, options.log);

  const owner = ownerFor(cluster);
  const binaries = await findBinaries(owner, options.log);
  const identity = readIdentity(identityFile) ?? {
    password: options.superuserPassword ?? randomBytes(24).toString('base64url'),
    owner: process.pid,
  };
  writeIdentity(identityFile, { ...identity, owner: process.pid });

  fs.mkdirSync(cluster, { recursive: true, mode: 0o700 });
  if (owner) {
    fs.chownSync(clusterHome, owner.uid, owner.gid);
    fs.chownSync(cluster, owner.uid, owner.gid);
  }
  // A cluster below a directory closed to its user (a checkout in /root, say) is entered through the working
  // directory, which the kernel opens for us before it drops the rights.
  const closed = owner !== undefined && !reachableBy(owner, cluster);
  const place: Place = { cwd: cluster, data: closed ? '/proc/self/cwd' : cluster, owner };
  if (closed && process.platform !== 'linux') {
    throw new EmbeddedError(
      `DATA_DIR ${home} cannot be reached by the user PostgreSQL runs as: choose another`,
    );
  }

  if (!fs.existsSync(path.join(cluster, 'PG_VERSION'))) {
    options.log('creating the PostgreSQL cluster');
    await createCluster(binaries.initdb, place, clusterHome, identity.password, options.fsync !== false);
  }

  const port = options.port ?? (await freePort());
  const server = await launch(binaries.postgres, place, port, options);
  const url = `postgres://${SUPERUSER}:${identity.password}@127.0.0.1:${port}`;
  try {
    await ensureDatabase(url);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return { url: `${url}/${DATABASE}`, pid: server.pid, stop: server.stop };
}

/**
 * The server that runs in `dataDir` now, for tools beside the portal (backup, a shell); undefined when none does.
 */
export function runningEmbedded(dataDir: string): { pid: number; port: number; url: string } | undefined {
  const home = path.resolve(dataDir);
  const holder = readHolder(path.join(home, 'postgres', 'data'));
  const identity = readIdentity(path.join(home, 'postgres.json'));
  if (!holder || !identity) return undefined;
  return {
    ...holder,
    url: `postgres://${SUPERUSER}:${identity.password}@127.0.0.1:${holder.port}/${DATABASE}`,
  };
}

interface Place {
  cwd: string;
  data: string;
  owner: { uid: number; gid: number } | undefined;
}

async function createCluster(
  initdb: string,
  place: Place,
  clusterHome: string,
  password: string,
  sync: boolean,
) {
  // What an interrupted first start left behind is no cluster yet.
  for (const entry of fs.readdirSync(place.cwd)) fs.rmSync(path.join(place.cwd, entry), { recursive: true });
  const passwordFile = path.join(clusterHome, '.password');
  fs.writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (place.owner) fs.chownSync(passwordFile, place.owner.uid, place.owner.gid);
  const args = [
    `--pgdata=${place.data}`,
    `--username=${SUPERUSER}`,
    // Relative to the working directory, so that closed parents do not matter.
    '--pwfile=../.password',
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
    ...(sync ? [] : ['--no-sync']),
  ];
  try {
    await run(initdb, args, { cwd: place.cwd, env: serverEnvironment(), ...place.owner });
  } catch (error) {
    const detail = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : String(error);
    throw new EmbeddedError(`PostgreSQL could not create its cluster in ${place.cwd}: ${lastLine(detail)}`);
  } finally {
    fs.rmSync(passwordFile, { force: true });
  }
}

async function launch(postgres: string, place: Place, port: number, options: EmbeddedOptions) {
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    // Modest: the whole portal is to rest below 350 MB.
    shared_buffers: '96MB',
    max_connections: '80',
    io_method: 'sync',
    max_parallel_workers_per_gather: '0',
    max_parallel_maintenance_workers: '0',
    jit: 'off',
    wal_level: 'minimal',
    max_wal_senders: '0',
    max_wal_size: '512MB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C',
    // Statements and details carry personal values, which do not belong in a log.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    fsync: options.fsync === false ? 'off' : 'on',
    synchronous_commit: options.fsync === false ? 'off' : 'on',
    full_page_writes: options.fsync === false ? 'off' : 'on',
  };
  const args = [
    '-D',
    place.data,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
  for (let attempt = 1; ; attempt++) {
    // A session of its own: Ctrl-C in the terminal reaches us, and we stop the server in our order.
    const child = spawn(postgres, args, {
      cwd: place.cwd,
      env: serverEnvironment(),
      stdio: ['ignore', 'ignore', 'pipe'],
      detached: true,
      ...place.owner,
    });
    const watcher = watch(child, place);
    const outcome = await untilReady(child, options.log);
    if (outcome.ready) return running(child, watcher, options);
    watcher.kill('SIGKILL');
    // After a kill -9 of the postmaster its last children take a moment to notice.
    if (attempt < 20 && /shared memory block|is another postmaster/.test(outcome.lines)) {
      await delay(250);
      continue;
    }
    throw new EmbeddedError(`PostgreSQL did not start: ${lastLine(outcome.lines) || 'it gave no reason'}`);
  }
}

function running(child: ChildProcess, watcher: ChildProcess, options: EmbeddedOptions) {
  let asked = false;
  const gone = new Promise<void>((resolve) => {
    const ended = (code: number | null, signal: string | null) => {
      watcher.kill('SIGKILL');
      resolve();
      if (!asked) options.onLost?.(`PostgreSQL ended by itself (${signal ?? `code ${code}`})`);
    };
    if (child.exitCode !== null || child.signalCode !== null) ended(child.exitCode, child.signalCode);
    else child.once('exit', ended);
  });
  return {
    pid: child.pid ?? 0,
    async stop() {
      if (!asked) {
        asked = true;
        child.kill('SIGINT');
        // An immediate shutdown loses nothing either: the next start replays the log.
        const impatient = setTimeout(() => child.kill('SIGQUIT'), 3_000);
        void gone.then(() => clearTimeout(impatient));
      }
      await gone;
    },
  };
}

/**
 * Ends the server when we end. Its input is a pipe whose other end only we hold, so it notices even `kill -9`. It
 * checks the server's own pid file before it signals, so that a number given to another process is left alone.
 */
function watch(server: ChildProcess, place: Place): ChildProcess {
  const script = `
    trap '' INT TERM HUP
    cat > /dev/null
    holder() { read -r first < postmaster.pid; test "$first" = "$1"; } 2> /dev/null
    holder "$1" && kill -INT "$1"
    i=0
    while holder "$1" && test $i -lt 10; do sleep 1; i=$((i + 1)); done
    holder "$1" && kill -QUIT "$1"
    exit 0`;
  const watcher = spawn('/bin/sh', ['-c', script, 'setu-most-watcher', String(server.pid)], {
    cwd: place.cwd,
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    ...place.owner,
  });
  watcher.on('error', () => server.kill('SIGINT'));
  watcher.stdin?.on('error', () => undefined);
  watcher.unref();
  return watcher;
}

function untilReady(
  child: ChildProcess,
  log: (line: string) => void,
): Promise<{ ready: boolean; lines: string }> {
  return new Promise((resolve) => {
    const lines: string[] = [];
    let rest = '';
    child.stderr?.setEncoding('utf8');
    child.stderr?.on('data', (chunk: string) => {
      const parts = (rest + chunk).split('\n');
      rest = parts.pop() ?? '';
      for (const line of parts) {
        log(line);
        if (lines.push(line) > 50) lines.shift();
        if (line.includes('database system is ready to accept connections'))
          resolve({ ready: true, lines: '' });
      }
    });
    child.once('error', (error) => resolve({ ready: false, lines: error.message }));
    child.once('close', () => resolve({ ready: false, lines: lines.join('\n') }));
  });
}

/** Refuses a server that somebody else runs here; waits for one whose starter is gone, and ends it if need be. */
async function settleFormerServer(home: string, log: (line: string) => void): Promise<void> {
  const cluster = path.join(home, 'postgres', 'data');
  const pidFile = path.join(cluster, 'postmaster.pid');
  const holder = readHolder(cluster);
  if (!holder) {
    // Left by a crash, and its number may belong to another process now, which PostgreSQL would respect.
    fs.rmSync(pidFile, { force: true });
    return;
  }
  const starter = readIdentity(path.join(home, 'postgres.json'))?.owner;
  if (starter === undefined || (starter !== process.pid && alive(starter)) || starter === process.pid) {
    const by = starter === undefined ? '' : `, started by process ${starter}`;
    throw new EmbeddedError(
      `DATA_DIR ${home} is in use: PostgreSQL process ${holder.pid} on port ${holder.port}${by}`,
    );
  }
  log(`waiting for the former PostgreSQL (process ${holder.pid}) to finish`);
  for (let i = 0; i < 120; i++) {
    if (i === 20) signal(holder.pid, 'SIGINT');
    if (i === 80) signal(holder.pid, 'SIGQUIT');
    if (!readHolder(cluster)) {
      fs.rmSync(pidFile, { force: true });
      return;
    }
    await delay(100);
  }
  throw new EmbeddedError(
    `PostgreSQL process ${holder.pid} was left behind in ${home} and does not end: stop it by hand`,
  );
}

/** Who runs in this cluster: the lines of `postmaster.pid` (1 pid, 4 port), believed only if that process is one. */
function readHolder(cluster: string): { pid: number; port: number } | undefined {
  let lines: string[];
  try {
    lines = fs.readFileSync(path.join(cluster, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return undefined;
  }
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0 || !alive(pid)) return undefined;
  if (process.platform === 'linux') {
    try {
      if (fs.readFileSync(`/proc/${pid}/comm`, 'utf8').trim() !== 'postgres') return undefined;
      // Readable to root and to the server's own user; anyone else could not have written here.
      if (fs.readlinkSync(`/proc/${pid}/cwd`) !== fs.realpathSync(cluster)) return undefined;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    }
  }
  return { pid, port: Number(lines[3]) };
}

async function ensureDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: `${url}/postgres` });
  await client.connect();
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (found.rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
}

async function freePort(): Promise<number> {
  const probe = net.createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string')
    throw new EmbeddedError('No free port was found on 127.0.0.1');
  return address.port;
}

function serverEnvironment(): NodeJS.ProcessEnv {
  // Nothing of ours is the server's business: our environment holds secrets.
  return { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
}

function readIdentity(file: string): Identity | undefined {
  let text: string;
  try {
    text = fs.readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
  const value: unknown = JSON.parse(text);
  if (typeof value === 'object' && value !== null && 'password' in value && 'owner' in value) {
    if (typeof value.password === 'string' && typeof value.owner === 'number') {
      return { password: value.password, owner: value.owner };
    }
  }
  throw new EmbeddedError(`${file} is damaged: it holds the password of the embedded database`);
}

function writeIdentity(file: string, identity: Identity): void {
  const draft = `${file}.${process.pid}`;
  fs.writeFileSync(draft, JSON.stringify(identity), { mode: 0o600 });
  fs.renameSync(draft, file);
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // Gone meanwhile, which is what we want.
  }
}

function lastLine(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return (lines.findLast((line) => /FATAL|error:/.test(line)) ?? lines.at(-1) ?? '').replace(
    /^.*?(FATAL|error):\s*/,
    '',
  );
}
