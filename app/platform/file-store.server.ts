import type { Config } from './config.ts';
import { diskStore } from './file-store-disk.server.ts';
import { s3Store } from './file-store-s3.server.ts';

/** Where the bytes of files lie, under ids: names and rights are the database's. */
export interface FileStore {
  /** Local folder of uploads under way, on the same disk as the store where that is a disk. */
  readonly incoming: string;
  /** Takes over a finished local file, whole or not at all. `hash` is its SHA-256 in hex, `size` in bytes. */
  take(
    id: string,
    localPath: string,
    content: { size: number; hash: string; mediaType: string },
  ): Promise<void>;
  /** The bytes as they come, null where there are none. */
  open(id: string): Promise<ReadableStream<Uint8Array> | null>;
  /** Forgets a file; one that is not there is no error. */
  remove(id: string): Promise<void>;
  /** Every id it holds, in no order. */
  ids(): AsyncIterable<string>;
  /** Whether a file could be kept now. */
  ready(): Promise<boolean>;
}

/** The store the configuration names. */
export function openFileStore(config: Pick<Config, 'files' | 'dataDir'>): FileStore {
  return config.files.kind === 's3' ? s3Store(config.files, config.dataDir) : diskStore(config.dataDir);
}
