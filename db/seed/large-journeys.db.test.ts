import { expect, test } from 'vitest';
import { useDatabase } from '#tests/support/database.ts';
import { seedLarge } from './large.server.ts';
import { LARGE_DELEGATION, LARGE_RUN, seedLargeJourneys } from './large-journeys.ts';

const { db, url } = await useDatabase();

test('a run is full to the last seat and has a waitlist, and every delegate has a journey and a bed', async () => {
  await seedLarge(url, 200);
  await db.$client.query(`insert into role_grant (id, person_id, institution_id, role, side)
    select gen_random_uuid(), person.id, institution_id, 'instructor', 'in' from person
    join institution on institution.id = institution_id where code = 'IITISM' limit 1`);
  await seedLargeJourneys(url, { runs: 60, enrolled: 100, delegates: 40 });
  const { rows: enrolled } = await db.$client.query(
    `select state, count(*)::int as people from enrolment join course_run run on run.id = run_id
     where reference = $1 group by state order by state`,
    [LARGE_RUN],
  );
  expect(enrolled).toEqual([
    { state: 'confirmed', people: 100 },
    { state: 'waiting', people: 10 },
  ]);
  const { rows: travel } = await db.$client.query(
    `select count(*)::int as people, count(trip.id)::int as trips, count(room_stay.id)::int as beds from delegation
     join delegate on delegate.delegation_id = delegation.id left join trip on subject_id = delegate.id
     left join room_stay on delegate_id = delegate.id where reference = $1`,
    [LARGE_DELEGATION],
  );
  expect(travel).toEqual([{ people: 40, trips: 40, beds: 40 }]);
});
