import { Writable } from 'node:stream';
import { renderToPipeableStream, renderToStaticMarkup } from 'react-dom/server';
import { I18nextProvider } from 'react-i18next';
import {
  type EntryContext,
  type HandleErrorFunction,
  isRouteErrorResponse,
  type RouterContextProvider,
  ServerRouter,
} from 'react-router';
import { requestState } from './platform/context.ts';
import { pagePolicy } from './platform/edge/headers.ts';
import { i18nFor } from './platform/i18n.server.ts';
import { log } from './platform/log.server.ts';

/** How long a page may wait for its data before what is missing is given up. Milliseconds. */
export const streamTimeout = 5_000;

/**
 * Renders a page whole. A page gets no script of the framework unless one of its routes says `handle.script`: without
 * script nothing could put later pieces in their place, so pages wait until all is ready and go out in one piece.
 */
export default async function handleRequest(
  request: Request,
  answered: number,
  headers: Headers,
  entry: EntryContext,
  context: RouterContextProvider,
): Promise<Response> {
  const { locale, nonce } = context.get(requestState);
  const status = statusOf(entry, answered);
  headers.set('Content-Type', 'text/html; charset=utf-8');
  headers.set('Content-Language', locale);
  headers.set('Content-Security-Policy', pagePolicy(nonce, import.meta.env.DEV));
  const script = needsScript(entry);
  if (!script) {
    // The data would be written into the page a second time, for a script that is not there.
    await entry.serverHandoffStream?.cancel();
    entry.serverHandoffStream = undefined;
  }
  if (request.method === 'HEAD') return new Response(null, { status, headers });
  const page = (
    <I18nextProvider i18n={i18nFor(locale)}>
      <ServerRouter context={entry} url={request.url} nonce={nonce} />
    </I18nextProvider>
  );
  // Without script nothing is taken up again in the browser, so the plain renderer does, in half the time.
  const { html, failed } = script
    ? await render(page, nonce)
    : { html: Buffer.from(`<!DOCTYPE html>${renderToStaticMarkup(page)}`), failed: false };
  const whole = import.meta.env.DEV ? withReload(html) : html;
  // A known length saves the server a last, empty chunk.
  headers.set('Content-Length', String(whole.length));
  return new Response(whole, { status: failed ? 500 : status, headers });
}

/** A form may be refused on a page that is not open to its sender at all: then the page's answer counts. */
function statusOf(entry: EntryContext, answered: number): number {
  const [failed] = Object.values<unknown>(entry.staticHandlerContext.errors ?? {});
  if (failed === undefined) return answered;
  return isRouteErrorResponse(failed) ? failed.status : 500;
}

/** Bugs are logged with the number the reader sees on the error page. Requests that went away are no bugs. */
export const handleError: HandleErrorFunction = (error, { request, context }) => {
  if (request.signal.aborted || isAnswer(error)) return;
  log.error({ err: error, request: context.get(requestState).requestId }, 'a page failed');
};

/** A loader's 403 or 404, or an address that leads nowhere, is an answer, and the access log has it. */
function isAnswer(error: unknown): boolean {
  if (isRouteErrorResponse(error)) return error.status < 500;
  if (typeof error !== 'object' || error === null || !('init' in error)) return false;
  const { init } = error;
  return typeof init === 'object' && init !== null && 'status' in init && Number(init.status) < 500;
}

/** In development a page listens for changes, so that it can load itself anew. */
function withReload(html: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return Buffer.from(
    new TextDecoder()
      .decode(html)
      .replace('</head>', '<script type="module" src="/@vite/client"></script></head>'),
  );
}

function needsScript(entry: EntryContext): boolean {
  return entry.staticHandlerContext.matches.some(({ route }) => {
    const handle: unknown = entry.routeModules[route.id]?.handle;
    return typeof handle === 'object' && handle !== null && 'script' in handle && handle.script === true;
  });
}

function render(
  page: React.ReactNode,
  nonce: string,
): Promise<{ html: Uint8Array<ArrayBuffer>; failed: boolean }> {
  return new Promise((resolve, reject) => {
    let failed = false;
    const parts: Buffer[] = [];
    const sink = new Writable({
      write(chunk: Buffer, _encoding, done) {
        parts.push(chunk);
        done();
      },
      final(done) {
        resolve({ html: new Uint8Array(Buffer.concat(parts)), failed });
        done();
      },
    });
    const patience = setTimeout(
      () => abort(new Error('The page was not ready in time')),
      streamTimeout + 1_000,
    );
    const { pipe, abort } = renderToPipeableStream(page, {
      nonce,
      onAllReady() {
        // A timer left running would hold the whole request in memory.
        clearTimeout(patience);
        pipe(sink);
      },
      onShellError(error) {
        clearTimeout(patience);
        reject(error);
      },
      onError(error) {
        failed = true;
        log.error({ err: error }, 'a page failed while rendering');
      },
    });
  });
}
