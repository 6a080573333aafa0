import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { type FileKind, judgeFile, safeName } from './judge-file.server.ts';

const MAIN = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml';
const types = (type: string) =>
  strToU8(`<Types><Override PartName="/word/document.xml" ContentType="${type}"/></Types>`);
const whole = { '[Content_Types].xml': types(MAIN), 'word/document.xml': strToU8('<w:document/>') };

async function judged(bytes: Uint8Array, accept: FileKind[] = ['pdf', 'docx']) {
  const file = path.join(tmpdir(), `judge-${randomUUID()}`);
  await writeFile(file, bytes);
  try {
    return await judgeFile(file, bytes.length, accept);
  } finally {
    await rm(file);
  }
}

test('a Word document is known by its parts', async () => {
  expect(await judged(zipSync(whole))).toEqual({ kind: 'docx' });
  expect(await judged(zipSync(whole, { level: 0 }))).toEqual({ kind: 'docx' });
  expect(await judged(zipSync(whole), ['pdf'])).toEqual({ problem: 'files.notPdf' });
});

test('another ZIP is not one', async () => {
  expect(await judged(zipSync({ 'a.txt': strToU8('x') }))).toEqual({ problem: 'files.notAccepted' });
  const sheet = { '[Content_Types].xml': types('spreadsheet'), 'xl/workbook.xml': strToU8('<x/>') };
  expect(await judged(zipSync(sheet))).toEqual({ problem: 'files.notAccepted' });
});

test('macros are refused by part and by type', async () => {
  const part = { ...whole, 'word/vbaProject.bin': strToU8('x') };
  expect(await judged(zipSync(part))).toEqual({ problem: 'files.macros' });
  const type = 'application/vnd.ms-word.document.macroEnabled.main+xml';
  expect(await judged(zipSync({ ...whole, '[Content_Types].xml': types(type) }))).toEqual({
    problem: 'files.macros',
  });
});

test('one that was cut off is told so, and a bomb is not unpacked', async () => {
  const bytes = zipSync({ ...whole, 'word/media/a.bin': crypto.getRandomValues(new Uint8Array(60_000)) });
  expect(await judged(bytes.subarray(0, 30_000))).toEqual({ problem: 'files.truncated' });
  const bomb = zipSync({ ...whole, '[Content_Types].xml': new Uint8Array(20_000_000) });
  const began = performance.now();
  expect(await judged(bomb)).toEqual({ problem: 'files.notAccepted' });
  expect(performance.now() - began).toBeLessThan(1000);
});

test('a name is safe to show and to save under', () => {
  expect(safeName('../../etc/plan.docx', 'docx')).toBe('plan.docx');
  expect(safeName('plan\u202excod.pdf', 'pdf')).toBe('planxcod.pdf');
});
