import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import * as path from 'node:path';
import { promisify } from 'node:util';
import * as zlib from 'node:zlib';

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};
/** Already compressed inside; a second time costs and gains nothing. */
const PACKED = new Set(['.jpg', '.png', '.webp', '.woff2']);

const gzip = promisify(zlib.gzip);
const brotli = promisify(zlib.brotliCompress);

interface Asset {
  type: string;
  etag: string;
  cache: string;
  plain: Buffer;
  gzip?: Buffer;
  brotli?: Buffer;
}

export type StaticFiles = (request: IncomingMessage, response: ServerResponse, pathname: string) => boolean;

/**
 * Reads the built browser files into memory and compresses them once. Names below `/assets/` carry a hash of their
 * content and never change, so a browser asks once.
 *
 * @param extra files that have fixed names, by their path.
 * @returns a function that answers a GET or HEAD of a known file and says whether it did.
 */
export async function loadStaticFiles(
  directory: string,
  extra: Record<string, { type: string; content: string }> = {},
): Promise<StaticFiles> {
  const assets = new Map<string, Asset>();
  const names = fs.existsSync(directory)
    ? fs.readdirSync(directory, { recursive: true, encoding: 'utf8' })
    : [];
  await Promise.all([
    ...names.map(async (name) => {
      const file = path.join(directory, name);
      if (name.startsWith('.') || !fs.statSync(file).isFile()) return;
      const url = `/${name.split(path.sep).join('/')}`;
      const extension = path.extname(name);
      const type = TYPES[extension] ?? 'application/octet-stream';
      assets.set(
        url,
        await pack(fs.readFileSync(file), type, url.startsWith('/assets/'), !PACKED.has(extension)),
      );
    }),
    ...Object.entries(extra).map(async ([url, { type, content }]) => {
      assets.set(url, await pack(Buffer.from(content), type, false, true));
    }),
  ]);
  return (request, response, pathname) => {
    const asset = assets.get(pathname);
    if (!asset) return false;
    send(request, response, asset);
    return true;
  };
}

async function pack(plain: Buffer, type: string, hashed: boolean, worthwhile: boolean): Promise<Asset> {
  const asset: Asset = {
    type,
    etag: `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`,
    cache: hashed ? 'public, max-age=31536000, immutable' : 'public, max-age=3600',
    plain,
  };
  if (!worthwhile || plain.length < 1024) return asset;
  const [zipped, squeezed] = await Promise.all([
    gzip(plain, { level: 9 }),
    // 9 of 11: nearly the same size in a tenth of the time, so that the start stays quick.
    brotli(plain, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 9 } }),
  ]);
  if (zipped.length < plain.length * 0.9) asset.gzip = zipped;
  if (squeezed.length < plain.length * 0.9) asset.brotli = squeezed;
  return asset;
}

function send(request: IncomingMessage, response: ServerResponse, asset: Asset): void {
  response.setHeader('Cache-Control', asset.cache);
  response.setHeader('ETag', asset.etag);
  if (asset.gzip || asset.brotli) response.setHeader('Vary', 'Accept-Encoding');
  const known = request.headers['if-none-match'];
  if (known?.split(',').some((tag) => tag.trim().replace(/^W\//, '') === asset.etag)) {
    response.writeHead(304).end();
    return;
  }
  const accepted = request.headers['accept-encoding'] ?? '';
  let body = asset.plain;
  if (asset.brotli && accepts(accepted, 'br')) {
    body = asset.brotli;
    response.setHeader('Content-Encoding', 'br');
  } else if (asset.gzip && accepts(accepted, 'gzip')) {
    body = asset.gzip;
    response.setHeader('Content-Encoding', 'gzip');
  }
  response.writeHead(200, { 'Content-Type': asset.type, 'Content-Length': body.length });
  response.end(request.method === 'HEAD' ? undefined : body);
}

/** Whether an `Accept-Encoding` names a coding without refusing it (`q=0`). */
export function accepts(header: string, coding: 'br' | 'gzip'): boolean {
  return header.split(',').some((part) => {
    const [name, ...parameters] = part.trim().split(';');
    return name?.trim().toLowerCase() === coding && !parameters.some((q) => /^\s*q=0(\.0*)?\s*$/.test(q));
  });
}
