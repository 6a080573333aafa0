import { mkdtempSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import type { PersonActor } from '#app/platform/actor.ts';
import { openFileStore } from '#app/platform/file-store.server.ts';
import { eraseFile, findFile, keepFile, sweepFiles } from '#app/platform/files.server.ts';
import { institution, person } from '#db/schema/people.ts';
import { useDatabase } from '#tests/support/database.ts';
import { readFile } from './read-file.ts';

const { db } = await useDatabase();
const [home] = await db
  .insert(institution)
  .values({ code: 'a', name: { en: 'A', ru: 'А' }, shortName: { en: 'A', ru: 'А' }, timeZone: 'UTC' })
  .returning();
const [owner, other] = await db
  .insert(person)
  .values([
    { institutionId: home?.id ?? '', familyName: 'Owner' },
    { institutionId: home?.id ?? '', familyName: 'Other' },
  ])
  .returning();

const actor = (personId = ''): PersonActor => ({
  kind: 'person',
  personId,
  accountId: personId,
  institutionId: home?.id ?? '',
  side: null,
  grants: [],
  locale: 'en',
  timeZone: 'UTC',
  confirmedAt: new Date(),
});
const received = (id = uuidv7()) => ({
  id,
  field: 'plan',
  name: 'plan.pdf',
  mediaType: 'application/pdf',
  size: 3,
  hash: 'h',
});
const subject = { ownerId: owner?.id ?? '', subjectType: 'application', subjectId: uuidv7() };
const reader = (may: boolean) => [{ subjectType: 'application', mayRead: async () => may }];

describe('a file', () => {
  it('is read by its owner and by whom its room names, and is not there for anyone else', async () => {
    const file = await keepFile(db, received(), subject);
    expect((await readFile(db, actor(owner?.id), [], file.id)).name).toBe('plan.pdf');
    expect((await readFile(db, actor(other?.id), reader(true), file.id)).id).toBe(file.id);
    for (const readers of [[], reader(false), [{ subjectType: 'thesis', mayRead: async () => true }]]) {
      await expect(readFile(db, actor(other?.id), readers, file.id)).rejects.toMatchObject({
        code: 'not-found',
      });
    }
    await eraseFile(db, file.id, new Date());
    expect(await findFile(db, file.id)).toBeNull();
    await expect(readFile(db, actor(owner?.id), [], file.id)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('that is nobody’s is swept after a day', async () => {
    const dataDir = mkdtempSync(path.join(tmpdir(), 'setu-most-sweep-'));
    const store = openFileStore({ files: { kind: 'disk' }, dataDir });
    const old = Date.now() - 2 * 24 * 3600 * 1000;
    const [kept, lost, young] = [uuidv7({ msecs: old }), uuidv7({ msecs: old }), uuidv7()];
    for (const id of [kept, lost, young]) {
      await mkdir(store.incoming, { recursive: true });
      await writeFile(path.join(store.incoming, id), 'pdf');
      await store.take(id, path.join(store.incoming, id), {
        size: 3,
        hash: 'h',
        mediaType: 'application/pdf',
      });
    }
    await keepFile(db, received(kept), subject);
    expect(await sweepFiles(db, store, new Date())).toBe(1);
    expect(await store.open(lost)).toBeNull();
    const still = await Promise.all([store.open(kept), store.open(young)]);
    expect(still.every((stream) => stream !== null)).toBe(true);
    for (const stream of still) await stream?.cancel();
  });
});
