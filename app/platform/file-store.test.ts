import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FileStore, openFileStore } from './file-store.server.ts';

// A stand-in for S3 over real HTTP: keeps objects, wants a signature, and the hash that was signed.
const objects = new Map<string, Buffer>();
const puts: IncomingMessage['headers'][] = [];
const s3 = createServer(async (request, response) => {
  const url = new URL(request.url ?? '', 'http://s3');
  const key = decodeURIComponent(url.pathname.replace('/bucket/', ''));
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  if (!request.headers.authorization?.startsWith('AWS4-HMAC-SHA256')) return response.writeHead(403).end();
  if (url.pathname === '/bucket' || url.pathname === '/bucket/') {
    const list = [...objects.keys()].map((name) => `<Contents><Key>${name}</Key><Size>1</Size></Contents>`);
    return response.end(`<ListBucketResult>${list.join('')}</ListBucketResult>`);
  }
  if (request.method === 'PUT') {
    puts.push(request.headers);
    const hash = createHash('sha256').update(body).digest('hex');
    if (request.headers['x-amz-content-sha256'] !== hash) return response.writeHead(400).end();
    objects.set(key, body);
    return response.end();
  }
  if (request.method === 'DELETE') {
    objects.delete(key);
    return response.writeHead(204).end();
  }
  const found = objects.get(key);
  return found ? response.end(found) : response.writeHead(404).end();
});

async function all(ids: AsyncIterable<string>): Promise<string[]> {
  const found: string[] = [];
  for await (const id of ids) found.push(id);
  return found;
}

const dataDir = mkdtempSync(path.join(tmpdir(), 'setu-most-store-'));
let stores: Record<'disk' | 's3', FileStore>;

beforeAll(async () => {
  await new Promise<void>((resolve) => {
    s3.listen(0, '127.0.0.1', resolve);
  });
  const endpoint = `http://127.0.0.1:${(s3.address() as AddressInfo).port}`;
  const bucket = {
    bucket: 'bucket',
    region: 'auto',
    endpoint,
    accessKeyId: 'key',
    secretAccessKey: 'secret',
  };
  stores = {
    disk: openFileStore({ files: { kind: 'disk' }, dataDir }),
    s3: openFileStore({ files: { kind: 's3', ...bucket }, dataDir: path.join(dataDir, 's3') }),
  };
});
afterAll(() => {
  s3.close();
});

describe.each(['disk', 's3'] as const)('files on %s', (kind) => {
  it('takes a file, gives it back, lists it and forgets it', async () => {
    const store = stores[kind];
    expect(await store.ready()).toBe(true);
    mkdirSync(store.incoming, { recursive: true });
    const id = uuidv7();
    const local = path.join(store.incoming, id);
    const content = Buffer.alloc(3_000_000, 'Руда ');
    writeFileSync(local, content);
    const hash = createHash('sha256').update(content).digest('hex');
    await store.take(id, local, { size: content.length, hash, mediaType: 'application/pdf' });
    expect(() => readFileSync(local)).toThrow();
    expect(await new Response(await store.open(id)).bytes()).toEqual(new Uint8Array(content));
    expect(await all(store.ids())).toEqual([id]);
    await store.remove(id);
    await store.remove(id);
    expect(await store.open(id)).toBeNull();
    expect(await all(store.ids())).toEqual([]);
  });
});

describe('S3', () => {
  it('is given the length and the hash, so nothing is held in memory to find them', () => {
    expect(puts[0]?.['content-length']).toBe('3000000');
    expect(puts[0]?.['transfer-encoding']).toBeUndefined();
  });
});
