import type { FileHandle } from 'node:fs/promises';
import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';

const inflate = promisify(inflateRaw);

/** The end record with the longest comment a ZIP may have (APPNOTE 4.3.16). */
const END_BYTES = 22 + 65_535;
/** A text document has some dozens of parts; a list of this size is something else. */
const LONGEST_DIRECTORY = 1_000_000;
const LONGEST_TYPES = 256_000;
/** What all parts together say they unpack to; more would only be there to fill a reader's disk. */
const LARGEST_UNPACKED = 250_000_000;
const STORED = 0;
const DEFLATED = 8;

type Part = { name: string; method: number; packed: number; unpacked: number; at: number };

/**
 * Whether a ZIP is a Word document without macros (ECMA-376, part 2). It is judged by its list of parts; the one part
 * that is unpacked, the list of content types, is cut at 256 kB.
 */
export async function judgeDocx(
  handle: FileHandle,
  size: number,
): Promise<'ok' | 'files.truncated' | 'files.notAccepted' | 'files.macros'> {
  const parts = await partsOf(handle, size);
  if (parts === null) return 'files.truncated';
  const types = parts.find((part) => part.name === '[Content_Types].xml');
  if (!types || !parts.some((part) => part.name === 'word/document.xml')) return 'files.notAccepted';
  if (parts.some((part) => /vbaProject|vbaData/i.test(part.name))) return 'files.macros';
  if (parts.reduce((sum, part) => sum + part.unpacked, 0) > LARGEST_UNPACKED) return 'files.notAccepted';
  const text = await textOf(handle, types);
  if (text === null) return 'files.notAccepted';
  if (/macroEnabled|vbaProject/i.test(text)) return 'files.macros';
  return text.includes('wordprocessingml.document.main+xml') ? 'ok' : 'files.notAccepted';
}

async function read(handle: FileHandle, at: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await handle.read(buffer, 0, length, at);
  return buffer.subarray(0, bytesRead);
}

/** The parts a ZIP lists; null where its end, where the list stands, is not there. */
async function partsOf(handle: FileHandle, size: number): Promise<Part[] | null> {
  const length = Math.min(END_BYTES, size);
  const tail = await read(handle, size - length, length);
  const end = tail.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  if (end < 0 || end + 22 > tail.length) return null;
  const [bytes, at] = [tail.readUInt32LE(end + 12), tail.readUInt32LE(end + 16)];
  if (bytes > LONGEST_DIRECTORY) return [];
  if (at + bytes > size) return null;
  const list = await read(handle, at, bytes);
  const parts: Part[] = [];
  for (let i = 0; i + 46 <= list.length && list.readUInt32LE(i) === 0x02014b50; ) {
    const nameLength = list.readUInt16LE(i + 28);
    parts.push({
      name: list.toString('utf8', i + 46, i + 46 + nameLength),
      method: list.readUInt16LE(i + 10),
      packed: list.readUInt32LE(i + 20),
      unpacked: list.readUInt32LE(i + 24),
      at: list.readUInt32LE(i + 42),
    });
    i += 46 + nameLength + list.readUInt16LE(i + 30) + list.readUInt16LE(i + 32);
  }
  return parts;
}

/** A part's text; null where it is too long or cannot be unpacked. */
async function textOf(handle: FileHandle, part: Part): Promise<string | null> {
  if (part.packed > LONGEST_TYPES) return null;
  const head = await read(handle, part.at, 30);
  if (head.length < 30 || head.readUInt32LE(0) !== 0x04034b50) return null;
  const at = part.at + 30 + head.readUInt16LE(26) + head.readUInt16LE(28);
  const bytes = await read(handle, at, part.packed);
  if (part.method === STORED) return bytes.toString('utf8');
  if (part.method !== DEFLATED) return null;
  const unpacked = await inflate(bytes, { maxOutputLength: LONGEST_TYPES }).catch(() => null);
  return unpacked?.toString('utf8') ?? null;
}
