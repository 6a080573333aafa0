import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { count, sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { APPLICATION_STATES, application } from '#db/schema/exchanges.ts';
import { person } from '#db/schema/people.ts';
import { version } from '#db/schema/platform.ts';
import { useDatabase } from '#tests/support/database.ts';
import { seedLarge } from './large.server.ts';

const { db, url } = await useDatabase();

test('many people and applications of both sides stand in every state, and more can be added', async () => {
  expect(await seedLarge(url, 1200)).toEqual({ people: 1200, applications: 1200 });
  await seedLarge(url, 100);
  // Each time two further people, who decide.
  expect(await db.$count(person)).toBe(1304);
  const states = await db
    .select({ state: application.state, count: count() })
    .from(application)
    .groupBy(application.state);
  expect(states.map((row) => row.state).sort()).toEqual([...APPLICATION_STATES].sort());
  const { rows } = await db.execute(sql`select min(reference) as first, max(reference) as last,
    count(distinct reference)::int as references, count(distinct home_institution_id)::int as homes from application`);
  const year = new Date().getUTCFullYear();
  expect(rows).toEqual([{ first: `EX-${year}-0001`, last: `EX-${year}-1300`, references: 1300, homes: 3 }]);
});

test('what was submitted carries the hash of its canonical text', async () => {
  const versions = await db.select().from(version).limit(300);
  for (const { content, hash } of versions) {
    expect(
      createHash('sha256')
        .update(canonicalize(content) ?? '')
        .digest('hex'),
    ).toBe(hash);
  }
});
