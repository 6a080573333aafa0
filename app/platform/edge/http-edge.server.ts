import { randomBytes } from 'node:crypto';
import * as http from 'node:http';
import { createRequest, sendResponse } from '@remix-run/node-fetch-server';
import type { Logger } from 'pino';
import { addressList, type Config } from '../config.ts';
import { announcesTooMuch, bodyLimit, refuseBody, withBodyLimit } from './body-limit.server.ts';
import { clientAddressReader } from './client-address.ts';
import { compressed } from './compression.server.ts';
import { securityHeaders } from './headers.ts';
import type { Metrics } from './metrics.server.ts';
import type { StaticFiles } from './static-files.server.ts';

/** What the edge found out about a request before the portal sees it. */
export interface Arrival {
  requestId: string;
  address: string;
}

export interface EdgeOptions {
  config: Config;
  log: Logger;
  metrics: Metrics;
  files: StaticFiles;
  /** The portal itself. */
  respond: (request: Request, arrival: Arrival) => Promise<Response>;
  /** In development: the build tool's own files, asked first. */
  before?: (request: http.IncomingMessage, response: http.ServerResponse, next: () => void) => void;
}

/** Header that carries the client's address inward; whatever a client sends under this name is removed. */
const ADDRESS_HEADER = 'x-client-address';
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
/** Tokens stand in these paths; a log keeps no keys. */
const SECRET_PATHS = /^\/(u|links)\/[^/]+/;

/**
 * The HTTP edge: one Node server that puts limits, headers and logging around the portal.
 *
 * Order of a request: malformed address, health, metrics, static files, size of the body, the portal.
 */
export function createEdge(options: EdgeOptions): http.Server {
  const { config, log, metrics, files } = options;
  const common = Object.entries(securityHeaders(config.secure));
  const addressOf = clientAddressReader(config.trustProxy);
  const mayReadMetrics = addressList(config.metricsAllow);
  const { protocol, host } = new URL(config.appUrl);

  const answer = async (incoming: http.IncomingMessage, outgoing: http.ServerResponse, arrival: Arrival) => {
    try {
      const whole = createRequest(incoming, outgoing, {
        protocol,
        host: config.loopback && isLoopbackHost(incoming.headers.host) ? incoming.headers.host : host,
      });
      // Node holds an announced length to its word; only an unannounced one has to be counted.
      const { request, exceeded } = incoming.headers['transfer-encoding']
        ? withBodyLimit(whole, bodyLimit(incoming))
        : { request: whole, exceeded: () => false };
      const handled = await options.respond(request, arrival);
      if (exceeded()) {
        metrics.refuse('too-large');
        await handled.body?.cancel();
        refuseBody(incoming, outgoing);
        return;
      }
      const response = await compressed(request, handled);
      if (outgoing.destroyed) {
        await response.body?.cancel();
        return;
      }
      if (!response.headers.has('Cache-Control')) response.headers.set('Cache-Control', 'private, no-cache');
      for (const [name, value] of common) {
        if (!response.headers.has(name)) response.headers.set(name, value);
      }
      await sendResponse(outgoing, response);
    } catch (error) {
      if (outgoing.destroyed || incoming.errored) return;
      log.error({ err: error, request: arrival.requestId }, 'a request failed outside the portal');
      if (outgoing.headersSent) outgoing.destroy();
      else plain(outgoing, 500, 'Internal Server Error');
    }
  };

  const receive = (incoming: http.IncomingMessage, outgoing: http.ServerResponse) => {
    const began = performance.now();
    const pathname = pathOf(incoming.url);
    const arrival = {
      requestId: randomBytes(9).toString('base64url'),
      address: addressOf(incoming.socket.remoteAddress ?? '', header(incoming, 'x-forwarded-for')),
    };
    outgoing.setHeader('X-Request-Id', arrival.requestId);
    outgoing.once('close', () => {
      const milliseconds = performance.now() - began;
      const method = METHODS.has(incoming.method ?? '') ? String(incoming.method) : 'other';
      const status = outgoing.writableFinished ? outgoing.statusCode : 499;
      metrics.observe(method, status, milliseconds / 1000);
      if (pathname === '/healthz' || pathname?.startsWith('/assets/')) return;
      log.info({
        method,
        path: pathname?.replace(SECRET_PATHS, '/$1/…').slice(0, 200),
        status,
        ms: Math.round(milliseconds),
        request: arrival.requestId,
      });
    });
    for (const [name, value] of common) outgoing.setHeader(name, value);

    if (pathname === undefined || !METHODS.has(incoming.method ?? '')) {
      metrics.refuse('malformed');
      plain(
        outgoing,
        pathname === undefined ? 400 : 405,
        pathname === undefined ? 'Bad Request' : 'Method Not Allowed',
      );
      return;
    }
    const reads = incoming.method === 'GET' || incoming.method === 'HEAD';
    if (reads && pathname === '/healthz') return plain(outgoing, 200, 'ok');
    if (pathname === '/metrics') {
      if (!reads || !mayReadMetrics(arrival.address)) return plain(outgoing, 404, 'Not Found');
      metrics.registry.metrics().then(
        (text) => plain(outgoing, 200, text, metrics.registry.contentType),
        (error) => outgoing.destroy(error),
      );
      return;
    }
    if (reads && files(incoming, outgoing, pathname)) return;
    // An old page asks for a file of an older build: say so quickly, without rendering a page nobody will see.
    if (pathname.startsWith('/assets/') && !options.before) return plain(outgoing, 404, 'Not Found');
    if (announcesTooMuch(incoming)) {
      metrics.refuse('too-large');
      return refuseBody(incoming, outgoing);
    }
    for (const name of Object.keys(incoming.headers)) {
      if (name === 'forwarded' || name.startsWith('x-forwarded-')) delete incoming.headers[name];
    }
    incoming.headers[ADDRESS_HEADER] = arrival.address;
    // The helper sets its own copy, so that a page may choose otherwise.
    for (const [name] of common) outgoing.removeHeader(name);
    if (options.before) options.before(incoming, outgoing, () => void answer(incoming, outgoing, arrival));
    else void answer(incoming, outgoing, arrival);
  };

  const server = http.createServer({
    // A slow campus line may need minutes for 20 MB; headers come in seconds or not at all.
    headersTimeout: 15_000,
    requestTimeout: 300_000,
    // Longer than a proxy keeps its side, so that it never writes into a line we just closed.
    keepAliveTimeout: 65_000,
  });
  server.on('request', receive);
  // A client that asks before it sends 200 MB gets its answer before it sends them.
  server.on('checkContinue', (incoming: http.IncomingMessage, outgoing: http.ServerResponse) => {
    if (!announcesTooMuch(incoming)) outgoing.writeContinue();
    receive(incoming, outgoing);
  });
  server.on('clientError', (_error, socket) => {
    metrics.refuse('malformed');
    if (socket.writable)
      socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    else socket.destroy();
  });
  return server;
}

/** The path of a request target, or undefined where it is no address: bad escapes, another form than `/…`. */
function pathOf(target: string | undefined): string | undefined {
  // No page takes a zero character, in the path or behind it, and the database keeps none.
  if (!target?.startsWith('/') || /%00/.test(target)) return undefined;
  const pathname = target.split('?', 1)[0] ?? '';
  try {
    decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
  // `//elsewhere` would be read as another host.
  return pathname.startsWith('//') || !URL.canParse(`http://localhost${target}`) ? undefined : pathname;
}

function isLoopbackHost(host: string | undefined): host is string {
  return host !== undefined && /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/.test(host);
}

function header(incoming: http.IncomingMessage, name: string): string | undefined {
  const value = incoming.headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}

function plain(
  outgoing: http.ServerResponse,
  status: number,
  text: string,
  type = 'text/plain; charset=utf-8',
): void {
  outgoing.writeHead(status, {
    'Content-Type': type,
    'Cache-Control': 'no-store',
    'Content-Length': Buffer.byteLength(text),
  });
  outgoing.end(text);
}
