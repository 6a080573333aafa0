import pg from 'pg';

/** Where the large run and the large delegation stand. */
export const LARGE_RUN = 'TR-2025-9000';
export const LARGE_DELEGATION = 'DL-2025-9000';

const SEATS = 20;

/**
 * Adds a catalogue, one run full of people and one delegation whose board has every colour, by set-based SQL: to
 * measure pages that grow with people. Needs `seedLarge` before it. No audit rows, no messages, nothing in a vault:
 * the board reads derived facts only.
 *
 * @param size how many further runs stand in the catalogue, how many people hold a seat of the large run, and how many
 * travel; every tenth in the run waits in the list besides.
 */
export async function seedLargeJourneys(
  url: string,
  size: { runs: number; enrolled: number; delegates: number },
): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: 'setu-most seed' });
  await client.connect();
  try {
    await client.query('begin');
    await insertCatalogue(client, size.runs);
    await insertRun(client, size.enrolled);
    await insertDelegation(client, size.delegates);
    await client.query('commit');
    await client.query('analyze');
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  } finally {
    await client.end();
  }
}

const INSTITUTION = (code: string) => `(select id from institution where code = '${code}')`;
const SEAT_POOLS = `case when s <= quota_in then 'in' when s <= quota_in + quota_ru then 'ru' else 'surplus' end`;

async function insertCatalogue(client: pg.Client, runs: number): Promise<void> {
  await client.query(
    `insert into course (id, code, title, area, language, mode, host_institution_id)
     select gen_random_uuid(), 'LARGE-' || n,
       jsonb_build_object('en', 'Processing of rare earths, part ' || n, 'ru', 'Переработка редких земель, часть ' || n),
       'rare-earth-processing', case n % 2 when 0 then 'en' else 'ru' end, 'blended',
       case n % 2 when 0 then ${INSTITUTION('IITISM')} else ${INSTITUTION('GIREDMET')} end
     from generate_series(0, 19) n`,
  );
  await client.query(
    `insert into course_run (id, reference, course_id, starts_on, ends_on, seats, quota_in, quota_ru)
     select gen_random_uuid(), 'TR-2025-' || (1000 + n), course.id, current_date + 10 + n / 20, current_date + 14 + n / 20,
       ${SEATS}, 8, 8
     from generate_series(0, $1::int - 1) n join course on code = 'LARGE-' || n % 20`,
    [runs],
  );
  await client.query(
    `insert into course_seat (id, run_id, pool) select gen_random_uuid(), run.id, ${SEAT_POOLS}
     from course_run run, generate_series(1, ${SEATS}) s where reference like 'TR-2025-1%'`,
  );
}

async function insertRun(client: pg.Client, enrolled: number): Promise<void> {
  await client.query(
    `insert into course_run (id, reference, course_id, starts_on, ends_on, seats, quota_in, quota_ru, instructor_id)
     select gen_random_uuid(), $1, course.id, current_date - 2, current_date + 2, $2::int, $2::int / 2, $2::int / 4,
       (select person_id from role_grant join institution on institution.id = institution_id
        where role = 'instructor' and institution.side = 'in' and revoked_at is null limit 1)
     from course where code = 'LARGE-0'`,
    [LARGE_RUN, enrolled],
  );
  await client.query(
    `insert into course_seat (id, run_id, pool) select gen_random_uuid(), run.id, ${SEAT_POOLS}
     from course_run run, generate_series(1, run.seats) s where reference = $1`,
    [LARGE_RUN],
  );
  await client.query(
    `insert into course_session (id, run_id, number, title, starts_at, ends_at)
     select gen_random_uuid(), run.id, n, jsonb_build_object('en', 'Lecture ' || n, 'ru', 'Лекция ' || n),
       current_date - 2 + make_interval(hours => 5 + 24 * (n - 1)), current_date - 2 + make_interval(hours => 9 + 24 * (n - 1))
     from course_run run, generate_series(1, 4) n where reference = $1`,
    [LARGE_RUN],
  );
  // Who sits, in the order of the seats; then those who wait, each side with its own places.
  await client.query(
    `with people as (
       select person.id, institution_id, institution.side,
         row_number() over (partition by institution.side order by person.id) as place
       from person join institution on institution.id = institution_id
       where email like 'large-%' and institution.side is not null
     ), seats as (
       select seat.id, seat.run_id, pool, side, row_number() over (partition by side order by seat.id) as place
       from course_seat seat join course_run run on run.id = run_id,
       lateral (select case pool when 'surplus' then 'in' else pool end as side) as taken
       where reference = $1
     ), queue as (
       select run_id, people.id as person_id, institution_id, people.side, seats.id as seat_id, pool, null::int as waits
       from seats join people on people.side = seats.side and people.place = seats.place
       union all
       select run.id, people.id, institution_id, side, null, null, place - taken.seats
       from course_run run, people join lateral (select count(*) as seats from seats where seats.side = people.side) taken on true
       where reference = $1 and place > taken.seats and place <= taken.seats + run.seats / 20
     )
     insert into enrolment (id, run_id, person_id, institution_id, side, queue_number, state, seat_id, seat_pool, place)
     select gen_random_uuid(), run_id, person_id, institution_id, side, row_number() over (order by waits nulls first, person_id),
       case when seat_id is null then 'waiting' else 'confirmed' end, seat_id, pool, waits
     from queue`,
    [LARGE_RUN],
  );
  await client.query(
    `insert into attendance (session_id, enrolment_id, run_id, mark, marked_by)
     select session.id, enrolment.id, run.id,
       (array['present', 'present', 'absent', 'excused'])[1 + queue_number % 4], run.instructor_id
     from course_run run join course_session session on session.run_id = run.id
     join enrolment on enrolment.run_id = run.id and state = 'confirmed' where reference = $1`,
    [LARGE_RUN],
  );
}

async function insertDelegation(client: pg.Client, delegates: number): Promise<void> {
  await client.query(
    `insert into event (id, reference, title, summary, city, venue, host_institution_id, time_zone, starts_on, ends_on)
     values (gen_random_uuid(), 'LARGE-CONGRESS', '{"en": "Large congress", "ru": "Большой конгресс"}', '{"en": "", "ru": ""}',
       '{"en": "Moscow", "ru": "Москва"}', '{"en": "", "ru": ""}', ${INSTITUTION('GIREDMET')}, 'Europe/Moscow',
       current_date + 28, current_date + 30)`,
  );
  await client.query(
    `insert into delegation (id, reference, event_id, home_institution_id, home_side, host_institution_id, host_side, hotel)
     select gen_random_uuid(), $1, event.id, ${INSTITUTION('TEXMIN')}, 'in', host_institution_id, 'ru',
       '{"en": "Hotel Uzkoye", "ru": "Гостиница «Узкое»"}'
     from event where reference = 'LARGE-CONGRESS'`,
    [LARGE_DELEGATION],
  );
  // Neighbours have named each other; all travel by invitation, every fourth speaks: twelve requirements.
  await client.query(
    `create temporary table traveller on commit drop as
     select n, gen_random_uuid() as id, gen_random_uuid() as trip_id, person.id as person_id, delegation.id as delegation_id,
       lead(person.id) over (order by n) as after, lag(person.id) over (order by n) as before
     from (select person.id, row_number() over (order by person.id) - 1 as n from person
       join institution on institution.id = institution_id
       where email like 'large-%' and institution.side = 'in' order by person.id limit $2) person
     join delegation on reference = $1`,
    [LARGE_DELEGATION, delegates - (delegates % 2)],
  );
  await client.query(
    `insert into delegate (id, delegation_id, person_id, role, employer, diet, share_with_id, hotel_in, hotel_out, room_wish)
     select id, delegation_id, person_id, case when n = 0 then 'head' when n % 4 = 0 then 'speaker' else 'member' end, 'IIT (ISM)',
       'vegetarian', case n % 2 when 0 then after else before end, current_date + 27, current_date + 31, 'twin'
     from traveller`,
  );
  await client.query(
    `insert into room (id, delegation_id, number, kind)
     select gen_random_uuid(), delegation_id, 1 + n / 2, 'twin' from traveller where n % 2 = 0`,
  );
  await client.query(
    `insert into share_consent (id, delegate_id, mate_id, answer, answer_source, answered_at)
     select gen_random_uuid(), mine.id, theirs.id, 'agreed', 'list', now()
     from traveller mine join traveller theirs on theirs.n = mine.n + 1 - 2 * (mine.n % 2)`,
  );
  await client.query(
    `insert into room_stay (id, room_id, kind, bed, delegate_id, person_id, nights)
     select gen_random_uuid(), room.id, 'twin', 1 + n % 2, traveller.id, person_id,
       daterange(current_date + 27, current_date + 31)
     from traveller join room on room.delegation_id = traveller.delegation_id and number = 1 + n / 2`,
  );
  await insertTrips(client);
}

async function insertTrips(client: pg.Client): Promise<void> {
  await client.query(
    `insert into trip (id, person_id, subject_type, subject_id, path, title, home_institution_id, home_side,
       host_institution_id, host_side, purpose, visa_route, starts_on, ends_on, first_duty_at, last_duty_at, erase_on)
     select trip_id, person_id, 'delegate', traveller.id, '/delegations/' || delegation.reference || '/people/' || traveller.id,
       event.title, home_institution_id, 'in', delegation.host_institution_id, 'ru',
       case n % 4 when 0 then 'speak' else 'attend' end, 'invitation',
       current_date + 27, current_date + 31, current_date + 28 + interval '7 hours', current_date + 30 + interval '15 hours',
       current_date + 32
     from traveller join delegation on delegation.id = delegation_id join event on event.id = event_id`,
  );
  await client.query(
    `insert into trip_leg (id, trip_id, number, direction, from_code, to_code, carrier, departs_local, departs_zone,
       departs_at, arrives_local, arrives_zone, arrives_at)
     select gen_random_uuid(), trip_id, number, direction, departs, arrives, 'SU 235',
       to_char(leaves, 'YYYY-MM-DD HH24:MI'), from_zone, leaves at time zone from_zone,
       to_char(lands, 'YYYY-MM-DD HH24:MI'), to_zone, lands at time zone to_zone
     from traveller, (values
       (1, 'out', 'DEL', 'SVO', 'Asia/Kolkata', 'Europe/Moscow', current_date + 27 + time '03:55', current_date + 27 + time '08:20'),
       (2, 'back', 'SVO', 'DEL', 'Europe/Moscow', 'Asia/Kolkata', current_date + 31 + time '10:25', current_date + 31 + time '18:55')
     ) as leg (number, direction, departs, arrives, from_zone, to_zone, leaves, lands)`,
  );
  await client.query(
    `insert into trip_item (id, trip_id, requirement, state, asked_on, done_on, valid_until)
     select gen_random_uuid(), trip_id, requirement, state, current_date - 9,
       case state when 'done' then current_date - 4 end,
       case when state = 'done' and requirement in ('visa', 'insurance') then current_date + 60 end
     from traveller, unnest(array['institute', 'funding', 'clearance', 'hospitality', 'invitation', 'visa', 'insurance', 'publication', 'sitePass'])
       with ordinality as asked (requirement, place),
       lateral (select (array['done', 'done', 'asked', 'done', 'refused', 'asked', 'done'])[1 + (n + place) % 7] as state) as stands
     where (n + place) % 5 > 0`,
  );
  await client.query(
    `insert into vault_fact (id, person_id, side, field, vault_record_id, valid_until, erase_on)
     select gen_random_uuid(), person_id, 'in', 'trip-papers:' || trip_id, gen_random_uuid(), current_date + 700, current_date + 32
     from traveller where n % 10 > 0`,
  );
}
