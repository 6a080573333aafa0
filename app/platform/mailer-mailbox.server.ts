import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { validate as isUuid } from 'uuid';
import { z } from 'zod';
import type { Letter, Mailer } from './mailer.ts';

const kept = z.object({
  id: z.string(),
  at: z.string(),
  from: z.string(),
  to: z.string(),
  subject: z.string(),
  html: z.string(),
  text: z.string(),
  headers: z.record(z.string(), z.string()),
});
export type MailboxLetter = z.infer<typeof kept>;

const folderOf = (dataDir: string) => path.join(dataDir, 'mailbox');

/** Keeps every letter as a file instead of sending it: for a portal that only this machine reaches. */
export function mailboxMailer(dataDir: string): Mailer {
  const folder = folderOf(dataDir);
  return {
    kind: 'mailbox',
    promise: 'exactly-once',
    batchSize: 100,
    async send(letters) {
      await fs.mkdir(folder, { recursive: true, mode: 0o700 });
      for (const letter of letters) await keep(folder, letter);
      return letters.map(() => ({ state: 'sent' }) as const);
    },
    close() {},
  };
}

/** Written whole under another name first; `link` refuses a name that is taken, so a letter stands there once. */
async function keep(folder: string, letter: Letter): Promise<void> {
  const file = path.join(folder, `${letter.id}.json`);
  const draft = `${file}.${process.pid}`;
  const content: MailboxLetter = { at: new Date().toISOString(), ...letter };
  await fs.writeFile(draft, JSON.stringify(content), { mode: 0o600 });
  try {
    await fs.link(draft, file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    await fs.rm(draft, { force: true });
  }
}

/** The newest letters first. Ids sort by time, so only the ones shown are read. */
export async function listMailbox(dataDir: string, limit = 200): Promise<MailboxLetter[]> {
  const folder = folderOf(dataDir);
  const names = await fs.readdir(folder).catch(() => []);
  const newest = names
    .filter((name) => name.endsWith('.json'))
    .sort()
    .reverse()
    .slice(0, limit);
  const letters = await Promise.all(newest.map((name) => read(path.join(folder, name))));
  return letters.filter((letter) => letter !== null).sort((a, b) => b.at.localeCompare(a.at));
}

/** One letter, null where there is none of this id. */
export async function readMailbox(dataDir: string, id: string): Promise<MailboxLetter | null> {
  return isUuid(id) ? read(path.join(folderOf(dataDir), `${id}.json`)) : null;
}

async function read(file: string): Promise<MailboxLetter | null> {
  try {
    return kept.parse(JSON.parse(await fs.readFile(file, 'utf8')));
  } catch {
    return null;
  }
}
