import { Readable } from 'node:stream';
import * as zlib from 'node:zlib';
import { accepts } from './static-files.server.ts';

/** Below this, headers and time outweigh the saving. Bytes. */
const SMALLEST = 1024;
const TEXT = /^(text\/(?!event-stream)|application\/(json|javascript|xml|manifest\+json)|image\/svg)/;

/**
 * The same answer, gzip level 1 where that helps: text of more than a kilobyte for a client that takes it. Streams stay
 * streams: what is written is flushed. Event streams are left alone.
 */
export async function compressed(request: Request, response: Response): Promise<Response> {
  const type = response.headers.get('Content-Type') ?? '';
  if (!response.body || !TEXT.test(type) || response.headers.has('Content-Encoding')) return response;
  response.headers.append('Vary', 'Accept-Encoding');
  if (!accepts(request.headers.get('Accept-Encoding') ?? '', 'gzip') || request.method === 'HEAD')
    return response;

  const reader = response.body.getReader();
  const first: Uint8Array[] = [];
  let size = 0;
  let ended = false;
  while (!ended && size < SMALLEST) {
    const { done, value } = await reader.read();
    if (value) {
      first.push(value);
      size += value.length;
    }
    ended = done;
  }
  const head = Buffer.concat(first);
  if (ended && size < SMALLEST) return again(response, head, {});

  // Most pages come whole, in one piece: no stream needs to be set up for them.
  const next = ended ? undefined : await reader.read();
  if (!next || next.done) {
    return again(response, zlib.gzipSync(head, { level: 1 }), { 'Content-Encoding': 'gzip' });
  }
  const rest = async function* () {
    yield head;
    yield next.value;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  };
  const gzip = zlib.createGzip({ level: 1, flush: zlib.constants.Z_SYNC_FLUSH });
  const source = Readable.from(rest());
  source.on('error', (error) => gzip.destroy(error));
  gzip.on('close', () => void reader.cancel().catch(() => undefined));
  return again(response, Readable.toWeb(source.pipe(gzip)) as ReadableStream, { 'Content-Encoding': 'gzip' });
}

function again(response: Response, body: Buffer | ReadableStream, headers: Record<string, string>): Response {
  const copy = new Headers(response.headers);
  for (const [name, value] of Object.entries(headers)) copy.set(name, value);
  if (Buffer.isBuffer(body)) copy.set('Content-Length', String(body.length));
  else copy.delete('Content-Length');
  const { status, statusText } = response;
  return new Response(Buffer.isBuffer(body) ? new Uint8Array(body) : body, {
    status,
    statusText,
    headers: copy,
  });
}
