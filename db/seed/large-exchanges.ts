import { sql } from 'drizzle-orm';
import type { DbOrTx } from '../client.server.ts';

/** References of invented bulk stand in a year of their own, so that they never meet those of real use. */
const YEAR = 2025;

/**
 * Fills the portal with invented applications for measuring: set-based SQL, a million rows in minutes.
 * Needs people and institutions; makes as many calls as it takes for one application per call and person.
 * The applications stand in plausible states, decided by coordinators of the right side, and obey every
 * constraint; they have no documents, no audit rows and no messages.
 *
 * @param count how many applications.
 * @throws Error when there are too few people or no coordinator on a side.
 */
export async function seedLargeExchanges(db: DbOrTx, count: number): Promise<void> {
  await db.transaction(async (tx) => {
    const { rows } = await tx.execute<{ people: number }>(sql`
      select count(*)::int as people from person p join institution i on i.id = p.institution_id`);
    const people = rows[0]?.people ?? 0;
    if (people < 2) throw new Error('large-exchanges needs imported people');
    const calls = Math.ceil(count / people);
    await insertCalls(tx, calls);
    await insertApplications(tx, count, people);
    await tx.execute(sql`
      insert into reference_series (prefix, year, last) values ('RE', ${YEAR}, ${calls}), ('EX', ${YEAR}, ${count})
      on conflict (prefix, year) do update set last = greatest(reference_series.last, excluded.last)`);
  });
  // The planner must know what was added, and index-only scans want the visibility map.
  await db.execute(sql`vacuum analyze application`);
  await db.execute(sql`vacuum analyze call`);
}

async function insertCalls(tx: DbOrTx, calls: number): Promise<void> {
  await tx.execute(sql`
    create temporary table bulk_call on commit drop as
    select n, gen_random_uuid() as id, gen_random_uuid() as version_id, now() - make_interval(days => 60 + n::int) as at
    from generate_series(1, ${calls}::int) n`);
  await tx.execute(sql`
    insert into version (id, subject_type, subject_id, number, schema_version, content, hash)
    select version_id, 'call', id, 1, 1, '{}', md5(id::text) || md5(version_id::text) from bulk_call`);
  await tx.execute(sql`
    insert into call (id, reference, direction, title, summary, conditions, areas, eligible, opens_at, deadline,
      deadline_zone, nominate_by, answer_by, stay_from, stay_until, weeks_min, weeks_max, places_to_in, places_to_ru,
      costs, documents, signer_in, signer_ru, created_by, published_at, published_version_id, state, state_at)
    select id, 'RE-' || ${YEAR}::text || '-' || lpad(n::text, 4, '0'), 'both',
      jsonb_build_object('en', 'Exchange of specialists, round ' || n, 'ru', 'Обмен специалистами, тур ' || n),
      '{"en": "Invented for measuring.", "ru": "Вымышлено для измерений."}',
      '{"en": "Invented for measuring.", "ru": "Вымышлено для измерений."}',
      '[]', array['student', 'researcher', 'engineer'], at, at + interval '20 days', 'Europe/Moscow',
      at + interval '40 days', at + interval '70 days', (at + interval '100 days')::date,
      (at + interval '300 days')::date, 4, 12, 100, 100,
      '{"in": {"en": "", "ru": ""}, "ru": {"en": "", "ru": ""}}', '[]',
      (select id from institution where code = 'IITISM'), (select id from institution where code = 'GIREDMET'),
      (select person_id from role_grant where role = 'coordinator' and revoked_at is null limit 1),
      at, version_id, 'published', at
    from bulk_call`);
}

async function insertApplications(tx: DbOrTx, count: number, people: number): Promise<void> {
  // Home and host lie on different sides; people of other organisations are sent by the Indian institute.
  await tx.execute(sql`
    create temporary table bulk_application on commit drop as
    with numbered as (
      select p.id, p.search, i.side, case when i.side is null then (select id from institution where code = 'IITISM')
        else i.id end as home, row_number() over (order by p.id) - 1 as place
      from person p join institution i on i.id = p.institution_id
    ), decider as (
      select distinct on (side) side, person_id from role_grant
      where role = 'coordinator' and revoked_at is null and effect = 'allow' order by side, person_id
    )
    select s.n, gen_random_uuid() as id, gen_random_uuid() as version_id, c.id as call_id, c.at as call_at,
      p.id as applicant, p.search, p.home,
      case when coalesce(p.side, 'in') = 'ru' then
        (select id from institution where side = 'in' order by code offset s.n % 2 limit 1)
      else (select id from institution where code = 'GIREDMET') end as host,
      home_decider.person_id as home_decider, host_decider.person_id as host_decider,
      c.at + interval '1 day' + make_interval(mins => (s.n % 25000)::int) as submitted_at,
      (array['submitted', 'submitted', 'submitted', 'nominated', 'nominated', 'not-nominated', 'accepted', 'accepted',
        'declined', 'withdrawn'])[1 + (s.n * 7 + s.n / 10) % 10] as state,
      (array['Solvent extraction of heavy rare earths', 'Жидкостная экстракция тяжёлых РЗЭ',
        'Sintering of Nd–Fe–B blocks', 'Спекание магнитных блоков Nd–Fe–B', 'Leaching of red mud',
        'Извлечение лития из отработанных аккумуляторов', 'High-purity metals for optics',
        'Переработка хвостов обогащения'])[1 + s.n % 8] || ', ' || (4 + s.n % 9) as title
    from generate_series(0, ${count}::int - 1) s(n)
    join numbered p on p.place = s.n % ${people}::int
    join bulk_call c on c.n = s.n / ${people}::int + 1
    left join decider home_decider on home_decider.side = coalesce(p.side, 'in')
    left join decider host_decider on host_decider.side = case when coalesce(p.side, 'in') = 'in' then 'ru' else 'in' end`);
  // Nobody decides their own: a coordinator's own application stays with whoever has not decided it yet.
  await tx.execute(
    sql`update bulk_application set state = 'submitted' where applicant in (home_decider, host_decider)`,
  );
  await tx.execute(sql`
    insert into version (id, subject_type, subject_id, number, schema_version, content, hash)
    select version_id, 'application', id, 1, 1, jsonb_build_object('title', title), md5(id::text) || md5(version_id::text)
    from bulk_application`);
  await tx.execute(sql`
    insert into application (id, reference, call_id, applicant_id, home_institution_id, host_institution_id, title,
      work_plan, work_plan_locale, wished_start, weeks, home_supervisor, declared_at, consent_at, submitted_at,
      submitted_version_id, home_decided_at, home_decided_by, host_decided_at, host_decided_by, host_supervisor,
      laboratory, stay_from, stay_until, withdrawn_at, due_at, search, created_at, state, state_at, state_by, state_reason)
    select id, reference, call_id, applicant, home, host, title, 'Invented for measuring.', 'en',
      (call_at + interval '110 days')::date, 4 + (n % 9)::int, 'A. Supervisor', submitted_at, submitted_at, submitted_at,
      version_id,
      case when home_decided then submitted_at + interval '2 days' end, case when home_decided then home_decider end,
      case when host_decided then submitted_at + interval '4 days' end, case when host_decided then host_decider end,
      case when state = 'accepted' then 'B. Host' end, case when state = 'accepted' then 'Laboratory 14' end,
      case when state = 'accepted' then (call_at + interval '110 days')::date end,
      case when state = 'accepted' then (call_at + interval '170 days')::date end,
      case when state = 'withdrawn' then submitted_at + interval '1 day' end,
      case state when 'submitted' then call_at + interval '40 days' when 'nominated' then call_at + interval '70 days' end,
      lower(reference) || ' ' || lower(title) || ' ' || search, submitted_at - interval '1 hour', state,
      case state when 'submitted' then submitted_at when 'withdrawn' then submitted_at + interval '1 day'
        when 'accepted' then submitted_at + interval '4 days' when 'declined' then submitted_at + interval '4 days'
        else submitted_at + interval '2 days' end,
      case state when 'submitted' then applicant when 'withdrawn' then applicant when 'accepted' then host_decider
        when 'declined' then host_decider else home_decider end,
      case when state in ('declined', 'not-nominated') then 'No place is left in this round.' end
    from (
      select b.*, 'EX-' || ${YEAR}::text || '-' || lpad((n + 1)::text, 6, '0') as reference,
        state in ('nominated', 'not-nominated', 'accepted', 'declined') as home_decided,
        state in ('accepted', 'declined') as host_decided
      from bulk_application b
    ) a`);
}
