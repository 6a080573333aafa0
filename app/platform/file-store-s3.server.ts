import { createReadStream } from 'node:fs';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { Readable } from 'node:stream';
import { createS3FileStorage } from '@remix-run/file-storage-s3';
import { AwsClient } from 'aws4fetch';
import type { Config } from './config.ts';
import type { FileStore } from './file-store.server.ts';

const PREFIX = 'files/';
const PATIENCE = 60_000;

/**
 * Files in an S3 bucket. The storage package lists and removes; it holds whole files in memory, so putting and getting
 * are streamed here, under the same signatures. An upload waits on the local disk until it was judged.
 */
export function s3Store(settings: Extract<Config['files'], { kind: 's3' }>, dataDir: string): FileStore {
  const { bucket, region, endpoint, accessKeyId, secretAccessKey } = settings;
  const aws = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: 0 });
  const storage = createS3FileStorage({ bucket, region, endpoint, accessKeyId, secretAccessKey });
  const incoming = path.join(dataDir, 'files', 'incoming');
  const urlOf = (id: string) => {
    const base = new URL(endpoint ?? `https://${bucket}.s3.${region}.amazonaws.com`);
    const folder = endpoint ? `${base.pathname.replace(/\/$/, '')}/${encodeURIComponent(bucket)}` : '';
    return new URL(`${folder}/${PREFIX}${id}`, base);
  };

  return {
    incoming,
    async take(id, localPath, { size, hash, mediaType }) {
      const headers = {
        'Content-Length': String(size),
        'Content-Type': mediaType,
        // Signed with the request, so the other end checks that what arrived is what was judged.
        'X-Amz-Content-Sha256': hash,
      };
      const signed = await aws.sign(urlOf(id).href, { method: 'PUT', headers });
      const answer = await fetch(signed.url, {
        method: 'PUT',
        headers: signed.headers,
        body: Readable.toWeb(createReadStream(localPath)) as ReadableStream<Uint8Array>,
        signal: AbortSignal.timeout(PATIENCE),
        ...{ duplex: 'half' },
      });
      await answer.body?.cancel();
      if (!answer.ok) throw new Error(`S3 answered ${answer.status} to PUT`);
      await fs.rm(localPath, { force: true });
    },
    async open(id) {
      const answer = await fetch(await aws.sign(urlOf(id).href));
      if (answer.ok) return answer.body;
      await answer.body?.cancel();
      if (answer.status === 404) return null;
      throw new Error(`S3 answered ${answer.status} to GET`);
    },
    async remove(id) {
      await storage.remove(PREFIX + id);
    },
    async *ids() {
      for (let cursor: string | undefined; ; ) {
        const page = await storage.list({ prefix: PREFIX, limit: 1000, ...(cursor ? { cursor } : {}) });
        for (const { key } of page.files) yield key.slice(PREFIX.length);
        cursor = page.cursor;
        if (!cursor) return;
      }
    },
    async ready() {
      try {
        await fs.mkdir(incoming, { recursive: true, mode: 0o700 });
        await storage.list({ prefix: PREFIX, limit: 1 });
        return true;
      } catch {
        return false;
      }
    },
  };
}
