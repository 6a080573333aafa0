import pg from 'pg';
import { Client } from 'undici';
import { seedLarge } from '#db/seed/large.server.ts';
import { type Cpu, cpuOf, type Portal } from './processes.ts';
import { type Applicant, formHeaders, openSignedIn } from './scene.ts';

/** Applicants who submit at the same moment. */
const TOGETHER = 50;
/** Who submits before them, not measured: code is compiled, pools are filled. */
const WARMING = 10;

/** Complete applications submitted at once. Times in milliseconds, from sending to the whole answer. */
export interface Submissions {
  count: number;
  median: number;
  slowest: number;
  /** From the first sent to the last answered. */
  all: number;
  /** Processor time of one submission. */
  cpu: Cpu;
  /** What the database holds of them afterwards. */
  kept: Kept;
}

interface Kept {
  submitted: number;
  versions: number;
  auditRows: number;
  inbox: number;
  mails: number;
}

/**
 * Fifty applicants have the page before them where the answers are checked, and all press the button at the same
 * moment. Every one must be answered 303 and stand submitted, with its version, its audit row and the messages to the
 * applicant and to the coordinators of the home institution; anything else ends the bench.
 */
export async function submitTogether(portal: Portal, databaseUrl: string): Promise<Submissions> {
  // One further person's call: it is open, asks for no document, and nobody of these has applied to it.
  await seedLarge(databaseUrl, 1);
  const applicants = await openSignedIn(portal.origin, databaseUrl, WARMING + TOGETHER);
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const call = await newestCall(client);
    await completeDrafts(client, call, applicants);
    await submit(portal, call, applicants.slice(0, WARMING));
    const chosen = applicants.slice(WARMING);
    const { times, all, cpu } = await submit(portal, call, chosen);
    const coordinators = await coordinatorsAtHome(client);
    const kept = await keptOf(client, call, chosen);
    const wanted: Kept = {
      submitted: TOGETHER,
      versions: TOGETHER,
      auditRows: TOGETHER,
      inbox: TOGETHER * (1 + coordinators),
      mails: TOGETHER * (1 + coordinators),
    };
    for (const [name, count] of Object.entries(wanted)) {
      const found = kept[name as keyof Kept];
      if (found !== count) throw new Error(`${found} ${name} after ${TOGETHER} submissions and not ${count}`);
    }
    times.sort((a, b) => a - b);
    return {
      count: TOGETHER,
      median: times[Math.floor(times.length / 2)] ?? 0,
      slowest: times.at(-1) ?? 0,
      all,
      cpu: { node: cpu.node / TOGETHER, postgres: cpu.postgres / TOGETHER },
      kept,
    };
  } finally {
    await client.end();
  }
}

async function newestCall(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ reference: string }>(
    `select reference from call where state = 'published' and documents = '[]' order by id desc limit 1`,
  );
  if (!rows[0]) throw new Error('No call is open');
  return rows[0].reference;
}

/** A draft of each applicant with everything a submission asks for. */
async function completeDrafts(client: pg.Client, call: string, applicants: Applicant[]): Promise<void> {
  await client.query(
    `with applicant as (
       select id, institution_id, locale, search, row_number() over (order by id) as n
       from person where id = any($2::uuid[])
     ), taken as (
       update reference_series set last = last + $3::int
       where prefix = 'EX' and year = extract(year from now())::int returning year, last - $3::int as last
     ), supervisor as (
       select id, given_name || ' ' || family_name as name from person
       where institution_id = (select institution_id from applicant limit 1) and occupation = 'supervisor'
         and id <> all($2::uuid[]) limit 1
     ), begun as (
       insert into application (id, reference, call_id, applicant_id, home_institution_id, host_institution_id, title,
         work_plan, work_plan_locale, wished_start, weeks, home_supervisor, home_supervisor_id, declared_at,
         consent_at, consent_locale, search, state_by)
       select gen_random_uuid(), 'EX-' || year || '-' || lpad((last + n)::text, greatest(4, length((last + n)::text)), '0'),
         call.id, applicant.id, institution_id, signer_ru, 'Leaching of rare earths from red mud, series ' || n,
         repeat('Weeks 1–3: training on the line. Weeks 4–8: three series. ', 20), 'en', stay_from + 14, weeks_min,
         supervisor.name, supervisor.id, now(), now(), applicant.locale, search, applicant.id
       from applicant, taken, supervisor, call where call.reference = $1
       returning id, home_supervisor_id
     )
     insert into endorsement (id, application_id, supervisor_id, state, answered_at, words, locale)
     select gen_random_uuid(), id, home_supervisor_id, 'given', now(), 'The plan is agreed with me.', 'en' from begun`,
    [call, applicants.map(({ personId }) => personId), applicants.length],
  );
}

/** Each opens the page and keeps its connection; then all send the form of that page in the same moment. */
async function submit({ origin, pid }: Portal, call: string, applicants: Applicant[]) {
  const path = `/calls/${call}/apply/check`;
  const clients = applicants.map(() => new Client(origin));
  try {
    const forms = await Promise.all(
      applicants.map(async ({ cookie }, index) => {
        const client = clients[index] as Client;
        const { statusCode, body } = await client.request({ method: 'GET', path, headers: { cookie } });
        const revision = /name="revision" value="([^"]+)"/.exec(await body.text())?.[1];
        if (statusCode !== 200 || !revision) throw new Error(`${path} answered ${statusCode} without a form`);
        const headers = formHeaders(origin, { cookie });
        return { client, headers, body: new URLSearchParams({ revision }).toString() };
      }),
    );
    const before = cpuOf(pid);
    const began = performance.now();
    const times = await Promise.all(
      forms.map(async ({ client, headers, body: form }) => {
        const { statusCode, body } = await client.request({ method: 'POST', path, headers, body: form });
        const text = await body.text();
        if (statusCode !== 303)
          throw new Error(`${path} answered ${statusCode}: ${text.replace(/\s+/g, ' ').slice(0, 500)}`);
        return performance.now() - began;
      }),
    );
    const all = performance.now() - began;
    const after = cpuOf(pid);
    return {
      times,
      all,
      cpu: { node: after.node - before.node, postgres: after.postgres - before.postgres },
    };
  } finally {
    await Promise.all(clients.map((client) => client.close()));
  }
}

/** Coordinators of the applicants' institution today: each is told of each submission. */
async function coordinatorsAtHome(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `select count(distinct person_id)::int as count from role_grant
     join institution on institution.id = role_grant.institution_id
     where institution.code = 'IITISM' and role = 'coordinator' and effect = 'allow' and revoked_at is null
       and valid_from <= current_date and (valid_until is null or valid_until >= current_date)`,
  );
  return rows[0]?.count ?? 0;
}

async function keptOf(client: pg.Client, call: string, applicants: Applicant[]): Promise<Kept> {
  const { rows } = await client.query<Kept>(
    `with chosen as (
       select a.* from application a join call on call.id = a.call_id
       where call.reference = $1 and applicant_id = any($2::uuid[])
     ), told as (
       select channel from delivery
       join (select 'application:' || id || ':submitted' as cause from chosen) causes using (cause)
     )
     select (select count(distinct reference) from chosen where state = 'submitted')::int as submitted,
       (select count(*) from chosen join version on version.id = submitted_version_id
          and subject_id = chosen.id and number = 1)::int as versions,
       (select count(*) from audit_row where code = 'application.submit'
          and subject_id in (select id::text from chosen))::int as "auditRows",
       (select count(*) from told where channel = 'inbox')::int as inbox,
       (select count(*) from told where channel = 'mail')::int as mails`,
    [call, applicants.map(({ personId }) => personId)],
  );
  return rows[0] as Kept;
}
