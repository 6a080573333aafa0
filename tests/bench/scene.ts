import pg from 'pg';
import { Client } from 'undici';

/** What the demo seed gives everybody who can sign in. */
const PASSWORD = 'demo-bridge-2026';

export interface Applicant {
  email: string;
  personId: string;
  cookie: string;
}

/**
 * Gives people of the large seed an account each, with the demo's password: applicants, who need no second factor. Each
 * call takes others; none of them has a stay that could be in the way of another.
 */
export async function openAccounts(databaseUrl: string, count: number): Promise<Applicant[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ personId: string; email: string }>(
      `with chosen as (
         select person.id, email, given_name || ' ' || family_name as name from person
         join institution on institution.id = institution_id
         where email like 'large-%' and institution.code = 'IITISM'
           and not exists (select 1 from account where account.person_id = person.id)
           and not exists (select 1 from placement where participant_id = person.id)
         order by person.id limit $1
       ), opened as (
         insert into account (id, name, email, email_verified, person_id)
         select gen_random_uuid(), name, email, true, id from chosen returning id, email, person_id
       ), known as (
         insert into credential (id, account_id, provider_id, provider_account_id, password)
         select gen_random_uuid(), opened.id, 'credential', opened.id::text, password
         from opened, (select password from credential where password is not null limit 1) as demo
       )
       select person_id as "personId", email from opened order by email`,
      [count],
    );
    if (rows.length < count) throw new Error(`${rows.length} people are left and not ${count}: seed more`);
    return rows.map((row) => ({ ...row, cookie: '' }));
  } finally {
    await client.end();
  }
}

/** The same with everybody signed in, one after the other. */
export async function openSignedIn(origin: string, databaseUrl: string, count: number): Promise<Applicant[]> {
  const applicants = await openAccounts(databaseUrl, count);
  for (const applicant of applicants) applicant.cookie = await signIn(origin, applicant.email);
  return applicants;
}

/** The body of the sign-in form. */
export function signInForm(email: string): string {
  return new URLSearchParams({ email, password: PASSWORD, next: '/home' }).toString();
}

/** Signs in through the form. @returns the cookies of the session. */
export async function signIn(origin: string, email: string): Promise<string> {
  const client = new Client(origin);
  try {
    const { statusCode, headers, body } = await client.request({
      method: 'POST',
      path: '/sign-in',
      headers: formHeaders(origin),
      body: signInForm(email),
    });
    await body.dump();
    const cookies = [headers['set-cookie'] ?? []].flat();
    if (statusCode !== 303 || cookies.length === 0)
      throw new Error(`${email} could not sign in: ${statusCode}`);
    return cookies.map((cookie) => cookie.split(';')[0]).join('; ');
  } finally {
    await client.close();
  }
}

/** What a browser sends with a form of the portal. */
export function formHeaders(origin: string, more: Record<string, string> = {}): Record<string, string> {
  return { origin, 'content-type': 'application/x-www-form-urlencoded', ...more };
}

/** Calls that an Indian student can apply to now, the latest deadline first; the large seed's own are full. */
const OPEN_CALLS = `select id, reference, documents from call
  where state = 'published' and deadline > now() and opens_at < now() and direction in ('both', 'in-ru')
    and (select count(*) from application where call_id = call.id) <= 100
  order by deadline desc`;

/** A call that asks for a document, and the code of that document. */
export async function callWithDocument(databaseUrl: string): Promise<{ reference: string; code: string }> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ reference: string; documents: { code: string }[] }>(OPEN_CALLS);
    const call = rows.find(({ documents }) => documents.length > 0);
    const code = call?.documents[0]?.code;
    if (!call || !code) throw new Error('No call that is open asks for a document');
    return { reference: call.reference, code };
  } finally {
    await client.end();
  }
}

/**
 * The work plan of an application, the longest of its steps, and where the application's revision stands: asked of the
 * database so that asking is not measured.
 */
export async function openDrafts(databaseUrl: string) {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 20 });
  const found = await pool.query<{ id: string; reference: string }>(OPEN_CALLS);
  const call = found.rows[0];
  if (!call) throw new Error('No call is open');
  return {
    path: `/calls/${call.reference}/apply/plan`,
    /** The form as this applicant would send it now; each time with another title. */
    async form({ personId }: Applicant, number: number): Promise<string> {
      const { rows } = await pool.query<{ revision: string }>(
        'select revision from application where call_id = $1 and applicant_id = $2',
        [call.id, personId],
      );
      return new URLSearchParams({
        title: `Leaching of rare earths from red mud, series ${number}`,
        workPlan: 'Weeks 1–3: training on the line. Weeks 4–8: three series. '.repeat(20),
        workPlanLocale: 'en',
        intent: 'save',
        ...(rows[0] && { revision: rows[0].revision }),
      }).toString();
    },
    close: () => pool.end(),
  };
}
