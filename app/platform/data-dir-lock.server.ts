import * as fs from 'node:fs';
import * as path from 'node:path';
import { z } from 'zod';

const holderSchema = z.object({ pid: z.number(), born: z.string(), address: z.string() });
type Holder = z.infer<typeof holderSchema>;

/** Somebody else runs on this data directory; the message says who. */
export class DataDirInUse extends Error {
  override name = 'DataDirInUse';
}

/**
 * Takes a data directory for this process, by a file that names the process. A process that died without a word does
 * not count: its number must still be alive *and* have been born when the file says, because numbers come back.
 *
 * @param address where this process is going to answer; shown to whoever comes second.
 * @returns a function that gives the directory back.
 * @throws DataDirInUse naming the holder's process and address.
 */
export function lockDataDir(dataDir: string, address: string): () => void {
  const file = path.join(dataDir, 'portal.lock');
  const mine = JSON.stringify({ pid: process.pid, born: birth(process.pid), address } satisfies Holder);
  const draft = `${file}.${process.pid}`;
  fs.writeFileSync(draft, mine);
  try {
    for (let attempt = 0; attempt < 5; attempt++) {
      try {
        // Appears whole or not at all, and only where no file stands.
        fs.linkSync(draft, file);
        return () => fs.rmSync(file, { force: true });
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
      }
      const seen = read(file);
      const holder = parse(seen);
      if (holder && isAlive(holder)) {
        throw new DataDirInUse(
          `DATA_DIR ${dataDir} is in use by the portal at ${holder.address} (process ${holder.pid})`,
        );
      }
      clearStale(file, seen);
    }
    throw new DataDirInUse(`DATA_DIR ${dataDir} is being taken by several starts at once: try again`);
  } finally {
    fs.rmSync(draft, { force: true });
  }
}

/** Moves a stale file away; if another start was quicker and its fresh file was moved, it is put back. */
function clearStale(file: string, seen: string | undefined): void {
  const aside = `${file}.stale.${process.pid}`;
  try {
    fs.renameSync(file, aside);
    if (read(aside) !== seen) fs.linkSync(aside, file);
  } catch {
    // Gone or taken meanwhile; the next attempt sees what stands there now.
  }
  fs.rmSync(aside, { force: true });
}

function isAlive({ pid, born }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  return birth(pid) === born;
}

/** When a process began, in the kernel's ticks; empty where the system does not say (then the number alone counts). */
function birth(pid: number): string {
  try {
    const fields = fs
      .readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    // A dead process that nobody collected yet holds nothing.
    return fields[0] === 'Z' ? 'dead' : (fields[19] ?? '');
  } catch {
    return '';
  }
}

function read(file: string): string | undefined {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function parse(text: string | undefined): Holder | undefined {
  try {
    return holderSchema.parse(JSON.parse(text ?? ''));
  } catch {
    return undefined;
  }
}
