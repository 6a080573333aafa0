import { expect, it } from 'vitest';
import { useDatabase } from '#tests/support/database.ts';
import { addExchangePeople } from '#tests/support/exchange.ts';
import { addPerson } from '#tests/support/thesis.ts';
import { seedLargeExchanges } from './large-exchanges.ts';

const { db } = await useDatabase();

it('fills the portal with as many applications as asked, one per call and person, none decided by its applicant', async () => {
  await addExchangePeople(db);
  for (const code of ['GIREDMET', 'TEXMIN', 'OTHER'] as const) await addPerson(db, code, ['student']);
  await seedLargeExchanges(db, 55);
  const { rows } = await db.$client.query(`
    select count(*)::int as applications, count(distinct call_id)::int as calls, count(distinct state)::int as states,
      count(*) filter (where home_decided_by = applicant_id)::int as own,
      count(*) filter (where h.side = g.side)::int as same_side
    from application a
    join institution h on h.id = a.home_institution_id join institution g on g.id = a.host_institution_id`);
  expect(rows[0]).toEqual({ applications: 55, calls: 10, states: 6, own: 0, same_side: 0 });
});
