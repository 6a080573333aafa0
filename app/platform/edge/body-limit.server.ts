import type { IncomingMessage, ServerResponse } from 'node:http';

/** A form with files: each file may have 20 MB, the rest is its other fields. Bytes. */
const FILES_LIMIT = 25 * 1024 * 1024;
/** Everything else. Bytes. */
const PLAIN_LIMIT = 1024 * 1024;
/** How long, in milliseconds, and how much, in bytes, a refused client may go on sending before the line is cut. */
const PATIENCE = 10_000;
const ALLOWANCE = 50 * 1024 * 1024;

/** How many bytes the body of this request may have. */
export function bodyLimit(request: IncomingMessage): number {
  const type = request.headers['content-type'] ?? '';
  return /^(multipart\/form-data|application\/(pdf|octet-stream)|image\/)/i.test(type)
    ? FILES_LIMIT
    : PLAIN_LIMIT;
}

/** Whether the request says itself that it is too large, so that nothing of it needs to be read. */
export function announcesTooMuch(request: IncomingMessage): boolean {
  return Number(request.headers['content-length'] ?? 0) > bodyLimit(request);
}

/**
 * Answers 413 at once. What the client still sends is thrown away for a while: a browser shows the answer only when it
 * has sent all, and a line cut while it writes would lose the answer.
 */
export function refuseBody(request: IncomingMessage, response: ServerResponse): void {
  const { socket } = request;
  const cut = () => socket.destroy();
  const impatient = setTimeout(cut, PATIENCE);
  for (const event of ['end', 'close'] as const) request.once(event, () => clearTimeout(impatient));
  let wasted = 0;
  request.on('data', (chunk: Buffer) => {
    wasted += chunk.length;
    if (wasted > ALLOWANCE) cut();
  });
  // Without `Connection: close`, which would have the line cut as soon as the answer is written.
  response.writeHead(413, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' });
  response.end(
    'This is larger than the portal takes: a file may have 20 MB.\n' +
      'Слишком большой объём: файл может занимать не более 20 МБ.\n',
  );
}

/**
 * The same request, whose body of unannounced length breaks off past the limit.
 *
 * @returns the request, and whether its body grew too large: then the answer is 413, whatever the portal made of it.
 */
export function withBodyLimit(
  request: Request,
  limit: number,
): { request: Request; exceeded: () => boolean } {
  if (!request.body) return { request, exceeded: () => false };
  let size = 0;
  const counted = request.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        size += chunk.length;
        if (size > limit) controller.error(new Error('The body is larger than its limit'));
        else controller.enqueue(chunk);
      },
    }),
  );
  // The browser's types, which the project shares, do not know that a stream needs `duplex`.
  const init: RequestInit & { duplex: 'half' } = { body: counted, duplex: 'half' };
  return { request: new Request(request, init), exceeded: () => size > limit };
}
