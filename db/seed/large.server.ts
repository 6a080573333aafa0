import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';

/** Applications to one call. */
const PER_CALL = 1000;
const DAY = 24 * 3600 * 1000;

const GIVEN = {
  in: [
    'Aarav',
    'Deepika',
    'Rohan',
    'Priya',
    'Vikram',
    'Ananya',
    'Sanjay',
    'Kavita',
    'Arjun',
    'Meera',
    'Nikhil',
  ],
  ru: ['Anna', 'Dmitry', 'Olga', 'Pavel', 'Irina', 'Sergey', 'Elena', 'Maksim', 'Tatiana', 'Andrey', 'Yulia'],
  cyrillic: [
    'Анна',
    'Дмитрий',
    'Ольга',
    'Павел',
    'Ирина',
    'Сергей',
    'Елена',
    'Максим',
    'Татьяна',
    'Андрей',
    'Юлия',
  ],
  proposed: [
    'Аарав',
    'Дипика',
    'Рохан',
    'Прия',
    'Викрам',
    'Ананья',
    'Санджай',
    'Кавита',
    'Арджун',
    'Мира',
    'Никхил',
  ],
};
const FAMILY = {
  in: [
    'Kumar',
    'Sharma',
    'Singh',
    'Mahato',
    'Oraon',
    'Banerjee',
    'Rao',
    'Iyer',
    'Murmu',
    'Das',
    'Gupta',
    'Verma',
    'Sinha',
  ],
  ru: [
    'Kim',
    'Belykh',
    'Chernykh',
    'Tkachenko',
    'Shevchenko',
    'Sedykh',
    'Petrenko',
    'Dolgikh',
    'Bondarenko',
    'Pak',
    'Rusanenko',
    'Kravchuk',
    'Lysenko',
  ],
  cyrillic: [
    'Ким',
    'Белых',
    'Черных',
    'Ткаченко',
    'Шевченко',
    'Седых',
    'Петренко',
    'Долгих',
    'Бондаренко',
    'Пак',
    'Русаненко',
    'Кравчук',
    'Лысенко',
  ],
  proposed: [
    'Кумар',
    'Шарма',
    'Сингх',
    'Махато',
    'Ораон',
    'Банерджи',
    'Рао',
    'Айер',
    'Мурму',
    'Дас',
    'Гупта',
    'Верма',
    'Синха',
  ],
};
const TITLES = {
  en: [
    'Leaching of rare earths from red mud',
    'Recovery of neodymium from magnets',
    'Solvent extraction of scandium',
    'Flotation of lithium ores',
  ],
  ru: [
    'Выщелачивание редких земель из красного шлама',
    'Извлечение неодима из магнитов',
    'Жидкостная экстракция скандия',
    'Флотация литиевых руд',
  ],
};

/** Of a hundred applications, how many stand in each state. */
const STATES = [
  ['draft', 5],
  ['submitted', 13],
  ['returned', 2],
  ['ineligible', 2],
  ['eligible', 12],
  ['selected', 8],
  ['reserve', 4],
  ['not-selected', 4],
  ['nominated', 14],
  ['queried', 1],
  ['accepted', 20],
  ['declined', 5],
  ['not-nominated', 3],
  ['withdrawn', 7],
] as const;

/**
 * Adds `count` invented people of both sides and as many applications in every state, by set-based SQL: to see how the
 * portal feels with many rows. Their history is not told: no audit rows, no messages, no accounts.
 *
 * @returns how many were added.
 */
export async function seedLarge(
  url: string,
  count: number,
): Promise<{ people: number; applications: number }> {
  const client = new pg.Client({ connectionString: url, application_name: 'setu-most seed' });
  await client.connect();
  try {
    await client.query('begin');
    await client.query(`create function pg_temp.ordered_id(began bigint, kind text, number int) returns uuid
      language sql immutable as $$
        -- Laid out as UUIDv7 (RFC 9562, 5.7): ten rows a millisecond, in the order of their numbers.
        select (lpad(to_hex(began + number / 10), 12, '0') || '7' || lpad(to_hex(number % 4096), 3, '0') || '8'
          || substr(md5(began || kind || number), 1, 15))::uuid $$`);
    const began = Date.now() - 30 * DAY;
    const places = await institutions(client);
    await insertPeople(client, began, count, places);
    await insertCalls(client, began, count, places);
    await insertApplications(client, began, count, places);
    await client.query('commit');
    // As autovacuum would in time: lists and counts read their indexes alone.
    await client.query('vacuum (analyze)');
    return { people: count, applications: count };
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  } finally {
    await client.end();
  }
}

type Institutions = { iit: string; texmin: string; giredmet: string };

async function institutions(client: pg.Client): Promise<Institutions> {
  const { rows } = await client.query<{ code: string; id: string }>('select code, id from institution');
  const id = (code: string) => {
    const found = rows.find((row) => row.code === code);
    if (!found) throw new Error(`no institution ${code}`);
    return found.id;
  };
  return { iit: id('IITISM'), texmin: id('TEXMIN'), giredmet: id('GIREDMET') };
}

/** Every second person is of the Russian side; two further ones, first, decide. */
async function insertPeople(client: pg.Client, began: number, count: number, places: Institutions) {
  await client.query(
    `insert into person (id, institution_id, given_name, family_name, given_name_ru, family_name_ru, latin_spelling,
       cyrillic_spelling, email, locale, time_zone, occupation, search, created_at)
     select pg_temp.ordered_id($1, 'person', n), place, given, family, given_ru, family_ru, 'confirmed',
       case when russian then 'confirmed' else 'proposed' end, 'large-' || to_hex($1::bigint) || '-' || n || '@people.example',
       case when russian then 'ru' else 'en' end, case when russian then 'Europe/Moscow' else 'Asia/Kolkata' end,
       case when n < 2 then 'coordinator' else (array['student', 'student', 'student', 'expert', 'supervisor'])[1 + n / 2 % 5] end,
       lower(concat_ws(' ', given, family, family_ru, given_ru)), to_timestamp(($1::bigint + n / 10) / 1000.0)
     from (
       select n, n % 2 = 1 as russian,
         case when n % 2 = 1 then $3::uuid when n % 4 = 0 then $4::uuid else $5::uuid end as place,
         case when n % 2 = 1 then ($6::text[])[1 + n / 2 % 11] else ($7::text[])[1 + n / 2 % 11] end as given,
         case when n % 2 = 1 then ($8::text[])[1 + n / 2 % 13] else ($9::text[])[1 + n / 2 % 13] end as family,
         case when n % 2 = 1 then ($10::text[])[1 + n / 2 % 11] else ($11::text[])[1 + n / 2 % 11] end as given_ru,
         case when n % 2 = 1 then ($12::text[])[1 + n / 2 % 13] else ($13::text[])[1 + n / 2 % 13] end as family_ru
       from generate_series(0, $2::int + 1) n
     ) as people`,
    [
      began,
      count,
      places.giredmet,
      places.iit,
      places.texmin,
      ...[
        GIVEN.ru,
        GIVEN.in,
        FAMILY.ru,
        FAMILY.in,
        GIVEN.cyrillic,
        GIVEN.proposed,
        FAMILY.cyrillic,
        FAMILY.proposed,
      ],
    ],
  );
}

/** Published calls in both directions, each signed by a coordinator of either side. */
async function insertCalls(client: pg.Client, began: number, count: number, places: Institutions) {
  for (let number = 0; number < Math.ceil(count / PER_CALL); number++) {
    const day = (days: number) => new Date(Math.floor((began + days * DAY) / 60_000) * 60_000).toISOString();
    const title = { en: TITLES.en[number % 4] ?? '', ru: TITLES.ru[number % 4] ?? '' };
    const content = {
      direction: 'both',
      title,
      summary: {
        en: 'Stays in the laboratories of the other side.',
        ru: 'Стажировки в лабораториях другой стороны.',
      },
      conditions: {
        en: 'A work plan agreed with the supervisor.',
        ru: 'План работ, согласованный с руководителем.',
      },
      areas: [title],
      eligible: ['student', 'researcher', 'engineer'],
      opensAt: day(0),
      deadline: day(60),
      deadlineZone: 'Europe/Moscow',
      nominateBy: day(75),
      answerBy: day(90),
      stayFrom: day(120).slice(0, 10),
      stayUntil: day(300).slice(0, 10),
      weeksMin: 4,
      weeksMax: 24,
      placesToIn: PER_CALL,
      placesToRu: PER_CALL,
      costs: { in: { en: 'Travel', ru: 'Проезд' }, ru: { en: 'Lodging', ru: 'Проживание' } },
      documents: [],
      rubric: null,
      reviewersPerApplication: 0,
      blindReview: false,
      signerIn: places.iit,
      signerRu: places.giredmet,
    };
    const text = canonicalize(content) ?? '';
    const hash = createHash('sha256').update(text).digest('hex');
    const [callId, versionId] = [uuidv7(), uuidv7()];
    await client.query(
      `insert into version (id, subject_type, subject_id, number, schema_version, content, hash, created_by, created_at)
       values ($1, 'call', $2, 1, 1, $3, $4, pg_temp.ordered_id($5, 'person', 0), to_timestamp($5 / 1000.0))`,
      [versionId, callId, text, hash, began],
    );
    await client.query(
      `insert into signature (id, version_id, person_id, institution_id, capacity, locale, hash, signed_at)
       select gen_random_uuid(), $1, pg_temp.ordered_id($2, 'person', n), case n when 0 then $3::uuid else $4::uuid end,
         'coordinator', case n when 0 then 'en' else 'ru' end, $5, to_timestamp($2 / 1000.0)
       from generate_series(0, 1) n`,
      [versionId, began, places.iit, places.giredmet, hash],
    );
    const columns: Record<string, unknown> = {
      ...content,
      id: callId,
      reference: await reference(client, 'RE', 1),
      createdBy: (await client.query(`select pg_temp.ordered_id($1, 'person', 0) as id`, [began])).rows[0]
        ?.id,
      state: 'published',
      publishedAt: day(0),
      publishedVersionId: versionId,
    };
    for (const name of ['title', 'summary', 'conditions', 'areas', 'costs', 'documents']) {
      columns[name] = JSON.stringify(columns[name]);
    }
    const names = Object.keys(columns);
    await client.query(
      `insert into call (${names.map(snake).join(', ')}) values (${names.map((_, index) => `$${index + 1}`).join(', ')})`,
      Object.values(columns),
    );
  }
}

/** One application of each person, with the version that was submitted. */
async function insertApplications(client: pg.Client, began: number, count: number, places: Institutions) {
  const year = new Date().getUTCFullYear();
  const last = Number((await reference(client, 'EX', count)).slice(8));
  const states = STATES.flatMap(([state, share]) => Array.from({ length: share }, () => state));
  await client.query(
    `create temporary table large on commit drop as
     select n, pg_temp.ordered_id($1, 'application', n) as id, pg_temp.ordered_id($1, 'version', n) as version_id,
       $3 || lpad(($4::int + n - 1)::text, greatest(4, length(($4::int + n - 1)::text)), '0') as reference,
       call.id as call_id, call.reference as call_reference, person.id as applicant_id,
       person.institution_id as home, case when n % 2 = 1 then $5::uuid else $6::uuid end as host,
       person.locale, person.search as name,
       (case when n % 2 = 1 then $7::text[] else $8::text[] end)[1 + n / 2 % 4] as title,
       -- Scattered, so that neighbours stand in different states, and the same for the same number.
       ($9::text[])[1 + (n::bigint * 61 + n / 100) % 100] as state,
       to_timestamp(($1::bigint + n::bigint * $10::bigint) / 1000.0) as at
     from generate_series(2, $2::int + 1) n
     join person on person.id = pg_temp.ordered_id($1, 'person', n)
     join (select id, reference, row_number() over (order by id) - 1 as number from call
       where created_by = pg_temp.ordered_id($1, 'person', 0)) call on call.number = (n - 2) / ${PER_CALL}`,
    [
      began,
      count,
      `EX-${year}-`,
      last - count,
      places.iit,
      places.giredmet,
      TITLES.ru,
      TITLES.en,
      states,
      Math.max(1, Math.floor((25 * DAY) / count)),
    ],
  );
  await client.query(
    `insert into version (id, subject_type, subject_id, number, schema_version, content, hash, created_by, created_at)
     select version_id, 'application', id, 1, 1, content::jsonb, encode(sha256(convert_to(content, 'UTF8')), 'hex'),
       applicant_id, at
     from large, lateral (select format(
       -- Canonical as it stands (RFC 8785): keys in order, no spaces.
       '{"call":"%s","documents":[],"homeInstitutionId":"%s","homeSupervisor":"","hostInstitutionId":"%s","title":%s,'
         || '"weeks":12,"wishedStart":"%s","workPlan":%s,"workPlanLocale":"%s"}',
       call_reference, home, host, to_json(title), (at + interval '120 days')::date, to_json(title || '.'), locale) as content) as written
     where state <> 'draft'`,
  );
  await client.query(
    `insert into application (id, reference, call_id, applicant_id, home_institution_id, host_institution_id, title,
       work_plan, work_plan_locale, wished_start, weeks, declared_at, consent_at, consent_locale, submitted_at,
       submitted_version_id, eligibility_decided_at, eligibility_decided_by, rank, score, ranked_at, home_decided_at,
       home_decided_by, host_decided_at, host_decided_by, host_supervisor,
       laboratory, stay_from, stay_until, withdrawn_at, due_at, search, created_at, state, state_at, state_by,
       state_reason, revision)
     select large.id, reference, call_id, applicant_id, home, host, title, title || '.', locale,
       (at + interval '120 days')::date, 12, handed_in, handed_in, case when handed_in is not null then locale end,
       handed_in, case when handed_in is not null then version_id end, checked,
       case when checked is not null then decider end,
       case when state in ('selected', 'reserve', 'not-selected') then 1 + n % 40 end,
       case when state in ('selected', 'reserve', 'not-selected') then 5 - n % 40 / 10.0 end,
       case when state in ('selected', 'reserve', 'not-selected') then changed end, nominated,
       case when nominated is not null then decider end, answered, case when answered is not null then answerer end,
       case when state = 'accepted' then 'V. L. Samarina' end, case when state = 'accepted' then 'Laboratory 4' end,
       case when state = 'accepted' then (at + interval '130 days')::date end,
       case when state = 'accepted' then (at + interval '214 days')::date end,
       case when state = 'withdrawn' then changed end,
       case state when 'submitted' then to_timestamp($1::bigint / 1000.0) + interval '75 days'
         when 'returned' then to_timestamp($1::bigint / 1000.0) + interval '40 days'
         when 'queried' then to_timestamp($1::bigint / 1000.0) + interval '80 days'
         when 'selected' then to_timestamp($1::bigint / 1000.0) + interval '75 days'
         when 'nominated' then to_timestamp($1::bigint / 1000.0) + interval '90 days' end,
       lower(concat_ws(' ', reference, title, name)), at, state, changed,
       case when state in ('draft', 'submitted', 'withdrawn') then applicant_id
         when state in ('queried', 'accepted', 'declined') then answerer
         when state in ('selected', 'reserve', 'not-selected') then null else decider end,
       case state when 'declined' then 'The laboratory is full.' when 'not-nominated' then 'The plan is too thin.'
         when 'ineligible' then 'The call is for students.' when 'queried' then 'Which furnace is meant?' end,
       gen_random_uuid()
     from large, lateral (
       select case when state <> 'draft' then at end as handed_in,
         case when state not in ('draft', 'submitted', 'returned', 'withdrawn') then at + interval '1 day' end as checked,
         case when state in ('nominated', 'queried', 'not-nominated', 'accepted', 'declined')
           then at + interval '2 days' end as nominated,
         case when state in ('accepted', 'declined') then at + interval '4 days' end as answered,
         at + case state when 'draft' then '0' when 'submitted' then '0' when 'accepted' then '4 days'
           when 'declined' then '4 days' else '2 days' end::interval as changed,
         pg_temp.ordered_id($1, 'person', n % 2) as decider, pg_temp.ordered_id($1, 'person', 1 - n % 2) as answerer
     ) as told`,
    [began],
  );
  await client.query(
    `insert into placement (id, application_id, reference, participant_id, home_institution_id, host_institution_id,
       host_supervisor, laboratory, starts_on, ends_on, state_at, created_at)
     select gen_random_uuid(), a.id, a.reference, a.applicant_id, a.home_institution_id, a.host_institution_id,
       a.host_supervisor, a.laboratory, a.stay_from, a.stay_until, a.state_at, a.state_at
     from application a join large on large.id = a.id where a.state = 'accepted'`,
  );
}

/** Takes `count` numbers of a series. @returns the reference of the last. */
async function reference(client: pg.Client, prefix: string, count: number): Promise<string> {
  const year = new Date().getUTCFullYear();
  const { rows } = await client.query<{ last: number }>(
    `insert into reference_series (prefix, year, last) values ($1, $2, $3)
     on conflict (prefix, year) do update set last = reference_series.last + $3 returning last`,
    [prefix, year, count],
  );
  return `${prefix}-${year}-${String(rows[0]?.last).padStart(4, '0')}`;
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
