import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openFileStore } from './file-store.server.ts';
import { safeName } from './judge-file.server.ts';
import { Refusal } from './outcome.ts';
import { receiveForm } from './receive-form.server.ts';

const dataDir = mkdtempSync(path.join(tmpdir(), 'setu-most-files-'));
const store = openFileStore({ files: { kind: 'disk' }, dataDir });
const pdf = (middle = '') => new File([`%PDF-1.7\n${middle}\n%%EOF\n`], 'План работы.pdf');

function post(fields: Record<string, string | File>): Request {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return new Request('http://localhost/', { method: 'POST', body: form });
}

/** A body that is never whole in memory: `bytes` of it after `head`. */
function stream(head: string, bytes: number, options: { tail?: string; stall?: boolean } = {}) {
  let sent = 0;
  const block = new Uint8Array(64 * 1024);
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent === 0) controller.enqueue(new TextEncoder().encode(head));
      if (sent >= bytes) {
        if (options.tail) controller.enqueue(new TextEncoder().encode(options.tail));
        if (!options.stall) controller.close();
        return options.stall ? new Promise(() => {}) : undefined;
      }
      sent += block.length;
      controller.enqueue(block);
      return undefined;
    },
  });
}

const head =
  '--b\r\nContent-Disposition: form-data; name="title"\r\n\r\nTyped\r\n' +
  '--b\r\nContent-Disposition: form-data; name="plan"; filename="a.pdf"\r\nContent-Type: application/pdf\r\n\r\n';

function streamed(body: ReadableStream, headers: Record<string, string> = {}, signal?: AbortSignal): Request {
  const init = { method: 'POST', body, duplex: 'half', ...(signal ? { signal } : {}) };
  return new Request('http://localhost/', {
    ...init,
    headers: { 'Content-Type': 'multipart/form-data; boundary=b', ...headers },
  });
}

const left = () => readdirSync(store.incoming);
const accept = ['pdf'] as const;

describe('a form with files', () => {
  it('keeps what was typed, and the file with its hash and a safe name', async () => {
    const file = pdf();
    const { form, files, problems } = await receiveForm(
      post({ title: 'Тема', plan: file }),
      { accept },
      store,
    );
    expect(form.get('title')).toBe('Тема');
    expect(problems).toEqual({});
    const hash = createHash('sha256')
      .update(await file.bytes())
      .digest('hex');
    expect(files).toMatchObject([
      { field: 'plan', name: 'План работы.pdf', mediaType: 'application/pdf', size: file.size, hash },
    ]);
    const stored = await store.open(files[0]?.id ?? '');
    expect(await new Response(stored).text()).toBe(await file.text());
    expect(left()).toEqual([]);
  });

  it('takes an empty file field for no file', async () => {
    const { files, problems } = await receiveForm(post({ plan: new File([], '') }), { accept }, store);
    expect([files, problems]).toEqual([[], {}]);
  });

  it('judges by content', async () => {
    const of = async (file: File) =>
      (await receiveForm(post({ plan: file }), { accept }, store)).problems.plan;
    expect(await of(new File([], 'empty.pdf'))).toEqual(['files.empty']);
    expect(await of(new File(['MZ\x90\0 not a document'], 'virus.pdf'))).toEqual(['files.notPdf']);
    expect(await of(new File(['<html>%PDX'], 'page.pdf', { type: 'application/pdf' }))).toEqual([
      'files.notPdf',
    ]);
    expect(await of(new File([`%PDF-1.7\n${'x'.repeat(5000)}`], 'half.pdf'))).toEqual(['files.truncated']);
    expect(left()).toEqual([]);
  });

  it('breaks a file off at the limit, and keeps what was typed after it', async () => {
    const form = new FormData();
    form.append('plan', pdf('x'.repeat(3000)));
    form.append('title', 'after');
    const request = new Request('http://localhost/', { method: 'POST', body: form });
    const received = await receiveForm(request, { accept, maxFileBytes: 1000 }, store);
    expect(received.problems).toEqual({ plan: ['files.tooLarge'] });
    expect(received.form.get('title')).toBe('after');
    expect(left()).toEqual([]);
  });

  it('takes a file that is as large as the limit, and not a byte more', async () => {
    const most = pdf('x'.repeat(984));
    const sent = (file: File, maxFileBytes: number) => {
      const form = new FormData();
      form.append('plan', file);
      const request = new Request('http://localhost/', { method: 'POST', body: form });
      return receiveForm(request, { accept, maxFileBytes }, store);
    };
    const received = await sent(most, 1000);
    expect(received.problems).toEqual({});
    expect(received.files).toMatchObject([{ size: 1000 }]);
    await received.discard();
    expect((await sent(most, 999)).problems).toEqual({ plan: ['files.tooLarge'] });
    expect(left()).toEqual([]);
  });

  it('refuses 200 MB that are announced without reading them', async () => {
    const started = performance.now();
    const size = 200 * 1024 * 1024;
    const request = streamed(stream(head, size), { 'Content-Length': String(size) });
    const { form, problems } = await receiveForm(request, { accept }, store);
    expect(performance.now() - started).toBeLessThan(500);
    expect(problems).toEqual({ plan: ['files.tooLarge'] });
    expect(form.get('title')).toBe('Typed');
  });

  it('stops at the limit where nothing was announced, with flat memory', async () => {
    const before = process.memoryUsage().rss;
    const request = streamed(stream(head, 200 * 1024 * 1024));
    const { form, problems } = await receiveForm(request, { accept }, store);
    expect(problems).toEqual({ plan: ['files.tooLarge'] });
    expect(form.get('title')).toBe('Typed');
    expect(process.memoryUsage().rss - before).toBeLessThan(80 * 1024 * 1024);
    expect(left()).toEqual([]);
  });

  it('leaves nothing of an upload that breaks off', async () => {
    await expect(receiveForm(streamed(stream(head, 200_000)), { accept }, store)).rejects.toThrow(Refusal);
    const gone = new AbortController();
    const request = streamed(stream(head, 200_000, { stall: true }), {}, gone.signal);
    const receiving = receiveForm(request, { accept }, store);
    setTimeout(() => gone.abort(), 50);
    await expect(receiving).rejects.toMatchObject({ reason: 'files.interrupted' });
    expect(left()).toEqual([]);
  });

  it('refuses what is no form', async () => {
    const request = new Request('http://localhost/', { method: 'POST', body: '{}' });
    await expect(receiveForm(request, { accept }, store)).rejects.toMatchObject({ code: 'invalid' });
    const bad = new Request('http://localhost/', {
      method: 'POST',
      body: 'nothing',
      headers: { 'Content-Type': 'multipart/form-data' },
    });
    await expect(receiveForm(bad, { accept }, store)).rejects.toMatchObject({ code: 'invalid' });
  });

  it('gives the file back where the form is refused after all', async () => {
    const received = await receiveForm(post({ plan: pdf() }), { accept }, store);
    const id = received.files[0]?.id ?? '';
    await received.discard();
    expect(await store.open(id)).toBeNull();
  });

  it('lets twenty uploads at once through, eight at a time', async () => {
    const all = Array.from({ length: 20 }, () => receiveForm(post({ plan: pdf() }), { accept }, store));
    expect((await Promise.all(all)).every(({ files }) => files.length === 1)).toBe(true);
  });
});

describe('a safe name', () => {
  it('has no folders, no invisible marks, one right ending, and an end', () => {
    expect(safeName('..\\..\\C:/boot/\u202efdp.exe', 'pdf')).toBe('fdp.exe.pdf');
    expect(safeName('', 'pdf')).toBe('file.pdf');
    expect(safeName('...', 'png')).toBe('file.png');
    expect(safeName('Отчёт\u0000 <1>.PDF', 'pdf')).toBe('Отчёт _1_.pdf');
    expect([...safeName('я'.repeat(300), 'pdf')]).toHaveLength(120);
  });
});
