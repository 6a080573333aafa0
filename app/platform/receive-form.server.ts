import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as NodeWebStream } from 'node:stream/web';
import busboy from 'busboy';
import { v7 as uuidv7 } from 'uuid';
import type { FileStore } from './file-store.server.ts';
import { FILE_KINDS, type FileKind, judgeFile, safeName } from './judge-file.server.ts';
import { invalid, limit } from './outcome.ts';
import { platform } from './runtime.server.ts';

/** A file that came with a form: judged and in the store, but nobody's until `keepFile` makes it so. */
export type ReceivedFile = {
  id: string;
  field: string;
  name: string;
  mediaType: string;
  size: number;
  hash: string;
};

export type ReceivedForm = {
  /** Everything typed, as `request.formData()` would give it; files are not in it. */
  form: FormData;
  files: ReceivedFile[];
  /** By field: keys of `locales/*​/errors.json`, e.g. `files.tooLarge`. A refused file is not in `files`. */
  problems: Record<string, string[]>;
  /** Takes the files back out of the store: for a form that is refused after all. */
  discard(): Promise<void>;
};

export type FormLimits = {
  accept: readonly FileKind[];
  /** Bytes per file; default 20 MB. */
  maxFileBytes?: number;
  /** Default 1. */
  maxFiles?: number;
};

const MEGABYTE = 1024 * 1024;
const LONGEST_FIELD = 256 * 1024;
const MOST_FIELDS = 300;
/** Uploads at once in one process: each holds a file handle and a connection, none holds its file in memory. */
const AT_ONCE = 8;
const LONGEST_WAIT = 15_000;

/** A body that broke off or is no form. */
const broken = () => invalid('files.interrupted');

/**
 * Reads a form with files. Each file streams to the local disk while it is hashed and counted, is judged by its
 * content, and goes to the store. One that is too large is broken off at the limit; where the whole body is
 * announced as too large the rest is not read at all, and what was typed before the file is kept.
 *
 * @throws Refusal `files.busy` when too many uploads run, `files.interrupted` when the body breaks off.
 */
export async function receiveForm(
  request: Request,
  limits: FormLimits,
  store: FileStore = platform().files,
): Promise<ReceivedForm> {
  const { body } = request;
  if (!body) throw broken();
  const leave = await takeTurn(request.signal);
  try {
    return await read(request, body, store, {
      maxFileBytes: 20 * MEGABYTE,
      maxFiles: 1,
      ...limits,
    });
  } finally {
    leave();
  }
}

async function read(
  request: Request,
  body: ReadableStream<Uint8Array>,
  store: FileStore,
  limits: Required<FormLimits>,
): Promise<ReceivedForm> {
  const form = new FormData();
  const files: ReceivedFile[] = [];
  const problems: Record<string, string[]> = {};
  const refuse = (field: string, problem: string) => {
    problems[field] = [...(problems[field] ?? []), problem];
  };
  const discard = async () => {
    await Promise.all(files.splice(0).map((file) => store.remove(file.id)));
  };
  const most = limits.maxFileBytes * limits.maxFiles + MEGABYTE;
  const announced = Number(request.headers.get('Content-Length') ?? 0);
  await fs.mkdir(store.incoming, { recursive: true, mode: 0o700 });

  const parser = parserOf(request, limits);
  const receiving: Promise<void>[] = [];
  const enough = new AbortController();
  let tooLong = false;
  parser.on('field', (name, value, info) => {
    if (info.valueTruncated || info.nameTruncated) tooLong = true;
    form.append(name, value);
  });
  for (const event of ['fieldsLimit', 'partsLimit'] as const) {
    parser.on(event, () => {
      tooLong = true;
    });
  }
  parser.on('filesLimit', () => refuse('', 'files.tooMany'));
  parser.on('file', (field, stream, { filename }) => {
    if (announced > most) {
      refuse(field, 'files.tooLarge');
      stream.resume();
      enough.abort();
      return;
    }
    const work = receiveFile(stream, { field, filename: filename ?? '' }, store, limits).then((outcome) => {
      if (outcome === null) return;
      if (typeof outcome === 'string') refuse(field, outcome);
      else files.push(outcome);
    });
    // Looked at when the body has ended; until then a failure is not unheard.
    work.catch(() => enough.abort());
    receiving.push(work);
  });

  const source = Readable.fromWeb(body as NodeWebStream<Uint8Array>);
  const stop = AbortSignal.any([request.signal, enough.signal]);
  try {
    await pipeline(source, counted(most, enough), parser, { signal: stop });
    await Promise.all(receiving);
  } catch (error) {
    parser.destroy();
    const settled = await Promise.allSettled(receiving);
    const tooLarge = Object.values(problems).flat().includes('files.tooLarge');
    if (enough.signal.aborted && tooLarge && !request.signal.aborted)
      return { form, files, problems, discard };
    await discard();
    const bug = settled.find((one) => one.status === 'rejected' && !isInterruption(one.reason));
    if (bug?.status === 'rejected') throw bug.reason;
    if (isInterruption(error) || enough.signal.aborted || request.signal.aborted) throw broken();
    throw error;
  }
  if (tooLong) {
    await discard();
    throw invalid('tooLong', { params: { max: LONGEST_FIELD } });
  }
  return { form, files, problems, discard };
}

function parserOf(request: Request, limits: Required<FormLimits>): busboy.Busboy {
  try {
    return busboy({
      headers: { 'content-type': request.headers.get('Content-Type') ?? '' },
      // Browsers send names of files in UTF-8; the parser's default would garble Cyrillic.
      defParamCharset: 'utf8',
      limits: {
        fileSize: limits.maxFileBytes + 1,
        files: limits.maxFiles,
        fields: MOST_FIELDS,
        fieldSize: LONGEST_FIELD,
        parts: MOST_FIELDS + limits.maxFiles,
      },
    });
  } catch {
    throw broken();
  }
}

/** One file: null for an empty file field, the problem's key, or the file in the store. */
async function receiveFile(
  stream: Readable & { truncated?: boolean },
  { field, filename }: { field: string; filename: string },
  store: FileStore,
  limits: Required<FormLimits>,
): Promise<ReceivedFile | string | null> {
  const id = uuidv7();
  const local = path.join(store.incoming, id);
  const hash = createHash('sha256');
  let size = 0;
  try {
    const measure = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        size += chunk.length;
        hash.update(chunk);
        done(null, chunk);
      },
    });
    await pipeline(stream, measure, createWriteStream(local, { mode: 0o600 }));
    if (size > limits.maxFileBytes || stream.truncated) return 'files.tooLarge';
    if (size === 0 && filename === '') return null;
    const verdict = await judgeFile(local, size, limits.accept);
    if ('problem' in verdict) return verdict.problem;
    const { mediaType } = FILE_KINDS[verdict.kind];
    const content = { size, hash: hash.digest('hex'), mediaType };
    await store.take(id, local, content);
    return { id, field, name: safeName(filename, verdict.kind), ...content };
  } finally {
    await fs.rm(local, { force: true });
  }
}

/** Ends a body that is longer than it may be, announced or not. */
function counted(most: number, enough: AbortController): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > most) enough.abort();
      else done(null, chunk);
    },
  });
}

function isInterruption(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return (
    error.name === 'AbortError' ||
    ['ABORT_ERR', 'ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE', 'ERR_INVALID_STATE'].includes(code) ||
    /Unexpected end of (form|file)|Malformed|Missing Content-Type|Unsupported content type/.test(
      error.message,
    )
  );
}

// ---- Turns ----

let running = 0;
const waiting: (() => void)[] = [];

/** Waits for one of the places; the answer gives it back. */
async function takeTurn(signal: AbortSignal): Promise<() => void> {
  if (running >= AT_ONCE) {
    await new Promise<void>((resolve, reject) => {
      const patience = AbortSignal.any([signal, AbortSignal.timeout(LONGEST_WAIT)]);
      const go = () => {
        patience.removeEventListener('abort', give);
        resolve();
      };
      const give = () => {
        const place = waiting.indexOf(go);
        if (place >= 0) waiting.splice(place, 1);
        reject(limit('files.busy'));
      };
      patience.addEventListener('abort', give, { once: true });
      waiting.push(go);
    });
  }
  running += 1;
  return () => {
    running -= 1;
    waiting.shift()?.();
  };
}
