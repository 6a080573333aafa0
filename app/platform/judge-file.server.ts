import * as fs from 'node:fs/promises';
import { fileTypeFromBuffer } from 'file-type';
import { judgeDocx } from './judge-docx.server.ts';

/** Kinds of file a form can ask for. */
export const FILE_KINDS = {
  pdf: { mediaType: 'application/pdf', ending: 'pdf' },
  png: { mediaType: 'image/png', ending: 'png' },
  jpeg: { mediaType: 'image/jpeg', ending: 'jpg' },
  csv: { mediaType: 'text/csv', ending: 'csv' },
  docx: {
    mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    ending: 'docx',
  },
} as const;
export type FileKind = keyof typeof FILE_KINDS;

/** Keys of `errors:files`. */
export type FileProblem =
  | 'files.empty'
  | 'files.notPdf'
  | 'files.notAccepted'
  | 'files.truncated'
  | 'files.macros';

/** How much of each end is read. PDF wants its mark within 1024 bytes of either (ISO 32000-1, annex H.3). */
const END_BYTES = 4096;

/** What a file is, by its content: its name and what the browser called it count for nothing. */
export async function judgeFile(
  localPath: string,
  size: number,
  accept: readonly FileKind[],
): Promise<{ kind: FileKind } | { problem: FileProblem }> {
  if (size === 0) return { problem: 'files.empty' };
  const handle = await fs.open(localPath, 'r');
  try {
    const { head, tail } = await bothEnds(handle, size);
    if (accept.includes('docx') && head.subarray(0, ZIP.length).equals(ZIP)) {
      const verdict = await judgeDocx(handle, size);
      return verdict === 'ok' ? { kind: 'docx' } : { problem: verdict };
    }
    const kind = await kindOf(head, accept);
    if (!kind)
      return { problem: accept.length === 1 && accept[0] === 'pdf' ? 'files.notPdf' : 'files.notAccepted' };
    return isWhole(kind, tail) ? { kind } : { problem: 'files.truncated' };
  } finally {
    await handle.close();
  }
}

/** How a ZIP begins (APPNOTE 4.3.7). */
const ZIP = Buffer.from('PK\x03\x04', 'latin1');

async function bothEnds(handle: fs.FileHandle, size: number): Promise<{ head: Buffer; tail: Buffer }> {
  const length = Math.min(END_BYTES, size);
  const head = Buffer.alloc(length);
  const tail = Buffer.alloc(length);
  await handle.read(head, 0, length, 0);
  await handle.read(tail, 0, length, size - length);
  return { head, tail };
}

async function kindOf(head: Buffer, accept: readonly FileKind[]): Promise<FileKind | undefined> {
  if (head.subarray(0, 1024).includes('%PDF-')) return accept.find((kind) => kind === 'pdf');
  const found = await fileTypeFromBuffer(head).catch(() => undefined);
  // Text has no mark; whoever reads the CSV says where a line is wrong.
  if (!found) return head.includes(0) ? undefined : accept.find((kind) => kind === 'csv');
  return accept.find((kind) => FILE_KINDS[kind].mediaType === found.mime);
}

/** Whether the end is there: an upload or a copy that broke off has none. */
function isWhole(kind: FileKind, tail: Buffer): boolean {
  if (kind === 'pdf') return tail.subarray(-1024).includes('%%EOF');
  if (kind === 'png') return tail.includes('IEND');
  if (kind === 'jpeg') return tail.includes(Buffer.from([0xff, 0xd9]));
  return true;
}

// Invisible marks that turn the direction of a name round, or hide in it (Unicode bidirectional controls, zero widths).
const INVISIBLE = /[\p{Cc}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;
const LONGEST_NAME = 120;

/** A name to show and to save under: no folders, no invisible marks, at most 120 characters, the ending of its kind. */
export function safeName(given: string, kind: FileKind): string {
  const { ending } = FILE_KINDS[kind];
  const last = given.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const plain = last
    .replace(INVISIBLE, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/\s+/g, ' ');
  const stem = plain.replace(new RegExp(`\\.(${ending}${kind === 'jpeg' ? '|jpeg' : ''})$`, 'i'), '');
  const trimmed = stem.replace(/^[.\s]+|[.\s]+$/g, '');
  const room = LONGEST_NAME - ending.length - 1;
  return `${[...(trimmed || 'file')].slice(0, room).join('').trim()}.${ending}`;
}
