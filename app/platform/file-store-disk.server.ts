import { constants, createReadStream } from 'node:fs';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { Readable } from 'node:stream';
import type { FileStore } from './file-store.server.ts';

/** Files in a folder, spread over 256 subfolders by the random end of their ids. */
export function diskStore(dataDir: string): FileStore {
  const folder = path.join(dataDir, 'files');
  const incoming = path.join(folder, 'incoming');
  const pathOf = (id: string) => path.join(folder, id.slice(-2), id);
  return {
    incoming,
    async take(id, localPath) {
      const target = pathOf(id);
      await fs.mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
      // On the disk before it has its name: what stands under a name is whole, whatever happens to the machine.
      const handle = await fs.open(localPath, 'r+');
      await handle.sync();
      await handle.close();
      await fs.rename(localPath, target);
    },
    async open(id) {
      const handle = await fs.open(pathOf(id), 'r').catch(whenAbsent);
      if (!handle) return null;
      return Readable.toWeb(createReadStream('', { fd: handle })) as ReadableStream<Uint8Array>;
    },
    async remove(id) {
      await fs.rm(pathOf(id), { force: true });
    },
    async *ids() {
      for (const entry of await fs.readdir(folder, { withFileTypes: true }).catch(() => [])) {
        if (!entry.isDirectory() || entry.name === 'incoming') continue;
        yield* await fs.readdir(path.join(folder, entry.name));
      }
    },
    async ready() {
      try {
        await fs.mkdir(incoming, { recursive: true, mode: 0o700 });
        await fs.access(incoming, constants.W_OK);
        return true;
      } catch {
        return false;
      }
    },
  };
}

function whenAbsent(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
  throw error;
}
