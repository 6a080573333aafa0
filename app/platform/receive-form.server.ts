import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import busboy from 'busboy';
import { v7 as uuidv7 } from 'uuid';
import type { FileStore } from './file-store.server.ts';
import { FILE_KINDS, type FileKind, judgeFile, safeName } from './judge-file.server.ts';
import { invalid, limit, unavailable } from './outcome.ts';
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
  // Why the rest of the body is not wanted: too large, or something broke.
  let enough: 'too large' | 'broken' | undefined;
  let tooLong = false;
  parser.on('field', (name, value, info) => {
    if (info.valueTruncated || info.nameTruncated) tooLong = true;
    form.append(name, value);
  });
  parser.on('fieldsLimit', () => {
    tooLong = true;
  });
  parser.on('filesLimit', () => refuse('', 'files.tooMany'));
  parser.on('file', (field, stream, { filename }) => {
    // A parser that is ended early ends its files with an error of theirs.
    stream.on('error', () => {});
    if (announced > most) {
      refuse(field, 'files.tooLarge');
      enough = 'too large';
      stream.resume();
      return;
    }
    stream.on('limit', () => refuse(field, 'files.tooLarge'));
    const work = receiveFile(stream, { field, filename: filename ?? '' }, store, limits).then((outcome) => {
      if (typeof outcome === 'string') refuse(field, outcome);
      else if (outcome) files.push(outcome);
    });
    // Looked at when the body has ended; until then a failure ends the reading.
    work.catch(() => {
      enough ??= 'broken';
    });
    receiving.push(work);
  });

  const ended = await feed(request, body, parser, most, () => enough);
  if (ended !== 'whole') parser.destroy();
  const settled = await Promise.allSettled(receiving);
  if (ended === 'too large' && hasProblem(problems, 'files.tooLarge'))
    return { form, files, problems, discard };
  if (ended === 'whole' && settled.every((one) => one.status === 'fulfilled') && !tooLong) {
    return { form, files, problems, discard };
  }
  await discard();
  // Of our own doing, such as a full disk, and not the sender's: a bug, or the operator's business.
  const ours =
    ended === 'broken' || ended === 'whole' ? settled.find((one) => one.status === 'rejected') : undefined;
  if (ours) throw ours.reason;
  if (tooLong) throw invalid('tooLong', { params: { max: LONGEST_FIELD } });
  throw ended === 'too large' ? invalid('files.tooLarge') : broken();
}

const hasProblem = (problems: Record<string, string[]>, problem: string) =>
  Object.values(problems).some((of) => of.includes(problem));

/**
 * Gives the body to the parser piece by piece, never faster than it is taken, until it ends, is too long, or is not
 * wanted any more. Written by hand because a pipeline that is aborted can throw where nobody catches.
 */
async function feed(
  request: Request,
  body: ReadableStream<Uint8Array>,
  parser: busboy.Busboy,
  most: number,
  enough: () => 'too large' | 'broken' | undefined,
): Promise<'whole' | 'too large' | 'broken' | 'interrupted'> {
  const reader = body.getReader();
  const leave = () => {
    reader.cancel().catch(() => undefined);
  };
  let failed = false;
  const closed = new Promise<void>((resolve) => {
    parser.on('error', () => {
      failed = true;
      resolve();
    });
    parser.on('close', resolve);
  });
  request.signal.addEventListener('abort', leave, { once: true });
  try {
    for (let bytes = 0; ; ) {
      const { done, value } = await reader.read();
      if (request.signal.aborted) return 'interrupted';
      if (done) break;
      bytes += value.length;
      if (bytes > most) return 'too large';
      const taken = parser.write(value);
      const why = enough();
      if (why) return why;
      if (!taken) await Promise.race([once(parser, 'drain').catch(() => undefined), closed]);
      if (failed) return 'interrupted';
    }
    parser.end();
    await closed;
    return failed ? 'interrupted' : (enough() ?? 'whole');
  } catch {
    return 'interrupted';
  } finally {
    request.signal.removeEventListener('abort', leave);
    leave();
  }
}

function parserOf(request: Request, limits: Required<FormLimits>): busboy.Busboy {
  try {
    return busboy({
      headers: { 'content-type': request.headers.get('Content-Type') ?? '' },
      // Browsers send names of files in UTF-8; the parser's default would garble Cyrillic.
      defParamCharset: 'utf8',
      limits: {
        // The parser calls a file too large that reaches its limit; ours may be as large as the limit says.
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
    // Said already, at the byte that was too many.
    if (stream.truncated) return null;
    if (size === 0 && filename === '') return null;
    const verdict = await judgeFile(local, size, limits.accept);
    if ('problem' in verdict) return verdict.problem;
    const { mediaType } = FILE_KINDS[verdict.kind];
    const content = { size, hash: hash.digest('hex'), mediaType };
    await store.take(id, local, content).catch((cause: unknown) => {
      throw Object.assign(unavailable('unavailable'), { cause });
    });
    return { id, field, name: safeName(filename, verdict.kind), ...content };
  } finally {
    await fs.rm(local, { force: true });
  }
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
