import { type SQL, sql } from 'drizzle-orm';
import { institutionsOf } from '#app/people/access.ts';
import type { NameParts } from '#app/people/person-name.ts';
import { escapeLike } from '#app/people/queries.ts';
import { searchTerm } from '#app/people/search-text.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import type { DbOrTx } from '#db/client.server.ts';
import { APPLICATION_STATES, type ApplicationState } from '#db/schema/exchanges.ts';
import type { Locale, Side } from '#db/schema/shared.ts';
import { countedLately } from './count-cache.ts';

/** Rows on a page. */
const PAGE = 100;
/** Counting stops here: “1,000+”. */
const COUNT_MAX = 1000;

/** What a coordinator's list can be narrowed to. `ours`: what waits for the coordinator's own institution. */
export type ListFilter = {
  state?: ApplicationState | undefined;
  party?: 'home' | 'host' | undefined;
  ours?: boolean;
  search?: string | undefined;
  /** Where the page before ended: “<instant> <id>”. */
  after?: Cursor | undefined;
  before?: Cursor | undefined;
};
export type Cursor = { at: string; id: string };

/** A row of the list: only what it shows. */
export type ListRow = NameParts & {
  id: string;
  reference: string;
  title: string;
  state: ApplicationState;
  /** ISO 8601, to the microsecond: also the key of the page. */
  stateAt: string;
  dueAt: string | null;
  home: string;
  host: string;
  homeSide: Side;
  hostSide: Side;
};

export type HandedInState = Exclude<ApplicationState, 'draft'>;
export const HANDED_IN_STATES = APPLICATION_STATES.filter(
  (state): state is HandedInState => state !== 'draft',
);

const LATEST_FIRST = sql`a.state_at desc, a.id desc`;
const OLDEST_FIRST = sql`a.state_at, a.id`;

type Branch = { column: SQL; institutionId: string; states: readonly ApplicationState[] | null };

/**
 * The ordered index ranges a coordinator's list is merged from: one for each institution and party. An
 * application has one home and one host on different sides, so no row comes twice.
 */
function branchesOf(actor: PersonActor, filter: ListFilter): Branch[] {
  const institutions = institutionsOf(actor, 'coordinator');
  const parties = (['home', 'host'] as const).filter((party) => !filter.party || filter.party === party);
  return institutions.flatMap((institutionId) =>
    parties.flatMap((party) => {
      const column = party === 'home' ? sql`a.home_institution_id` : sql`a.host_institution_id`;
      const waits: ApplicationState = party === 'home' ? 'submitted' : 'nominated';
      const asked = filter.ours ? [waits] : filter.state ? [filter.state] : null;
      const states = filter.ours && filter.state && filter.state !== waits ? [] : asked;
      return [{ column, institutionId, states }];
    }),
  );
}

function inBranch({ column, institutionId, states }: Branch, words: SQL): SQL {
  const [state] = states ?? [];
  const ofState = states === null ? sql`a.state <> 'draft'` : state ? sql`a.state = ${state}` : sql`false`;
  return sql`${column} = ${institutionId} and ${ofState}${words}`;
}

/** Each word typed must occur, in either script. */
function wordsIn(search: string | undefined): SQL {
  const words = searchTerm(search ?? '')
    .split(' ')
    .filter(Boolean)
    .slice(0, 6);
  return sql.join(
    words.map((word) => sql` and a.search like ${`%${escapeLike(word)}%`}`),
    sql``,
  );
}

const union = (parts: SQL[]) => sql.join(parts, sql` union all `);

/**
 * A page of the applications handed in to the institutions the actor coordinates, the latest change
 * first, by keyset. The page reads 101 rows of each index range, whatever the number of applications.
 */
export async function listApplications(
  db: DbOrTx,
  actor: PersonActor,
  filter: ListFilter,
  locale: Locale,
): Promise<{ rows: ListRow[]; next: Cursor | null; previous: Cursor | null }> {
  const branches = branchesOf(actor, filter);
  if (branches.length === 0) return { rows: [], next: null, previous: null };
  const backwards = filter.before !== undefined;
  const cursor = filter.before ?? filter.after;
  const order = backwards ? OLDEST_FIRST : LATEST_FIRST;
  const from = cursor
    ? sql` and (a.state_at, a.id) ${backwards ? sql`>` : sql`<`} (${cursor.at}::timestamptz, ${cursor.id}::uuid)`
    : sql``;
  const words = sql`${wordsIn(filter.search)}${from}`;
  const ranges = branches.map(
    (branch) => sql`(select a.id, a.state_at from application a where ${inBranch(branch, words)}
      order by ${order} limit ${PAGE + 1})`,
  );
  const page = sql`select a.id, a.state_at from (${union(ranges)}) a order by ${order} limit ${PAGE + 1}`;
  const found = await rowsOf(db, page, order, locale);
  const more = found.length > PAGE;
  const rows = found.slice(0, PAGE);
  if (backwards) rows.reverse();
  const [first, last] = [rows[0], rows.at(-1)];
  return {
    rows,
    next: last && (backwards || more) ? { at: last.stateAt, id: last.id } : null,
    previous: first && (backwards ? more : filter.after) ? { at: first.stateAt, id: first.id } : null,
  };
}

/** The applicant's own applications, drafts among them, the latest change first. One person has few. */
export async function ownApplications(db: DbOrTx, actor: PersonActor, locale: Locale): Promise<ListRow[]> {
  const own = sql`select a.id, a.state_at from application a where a.applicant_id = ${actor.personId}
    order by ${LATEST_FIRST} limit ${PAGE}`;
  return rowsOf(db, own, LATEST_FIRST, locale);
}

async function rowsOf(db: DbOrTx, keys: SQL, order: SQL, locale: Locale): Promise<ListRow[]> {
  const { rows } = await db.execute<ListRow>(sql`
    with k as materialized (${keys})
    select a.id, a.reference, a.title, a.state,
      to_char(a.state_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "stateAt",
      to_char(a.due_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "dueAt",
      p.given_name as "givenName", p.family_name as "familyName", p.given_name_ru as "givenNameRu",
      p.family_name_ru as "familyNameRu", p.patronymic_ru as "patronymicRu",
      h.short_name->>${locale}::text as home, g.short_name->>${locale}::text as host,
      h.side as "homeSide", g.side as "hostSide"
    from k
    join application a on a.id = k.id
    join person p on p.id = a.applicant_id
    left join institution h on h.id = a.home_institution_id
    left join institution g on g.id = a.host_institution_id
    order by ${order}`);
  return rows;
}

type Counted = { party: 'home' | 'host'; state: HandedInState; count: number };

/** How many applications stand in each state, for the coordinator's pipeline; counting stops at 1,000. */
export async function countByState(
  db: DbOrTx,
  actor: PersonActor,
  filter: Pick<ListFilter, 'party' | 'search'>,
): Promise<{ state: HandedInState; count: number; capped: boolean }[]> {
  const counted = await counts(db, actor, filter.search);
  return HANDED_IN_STATES.map((state) => {
    const ofState = counted.filter(
      (one) => one.state === state && (!filter.party || one.party === filter.party),
    );
    return { state, ...capped(ofState) };
  });
}

/** How many wait for the actor's own institutions: nominations to decide and answers to give. */
export async function countWaiting(db: DbOrTx, actor: PersonActor) {
  const counted = await counts(db, actor, undefined);
  const of = (party: string, state: string) =>
    capped(counted.filter((one) => one.party === party && one.state === state));
  return { nominate: of('home', 'submitted'), answer: of('host', 'nominated') };
}

function capped(counted: Counted[]): { count: number; capped: boolean } {
  const sum = counted.reduce((total, one) => total + one.count, 0);
  return { count: Math.min(sum, COUNT_MAX), capped: sum > COUNT_MAX };
}

/** Each range of the index is counted up to the limit, so that counting stays flat as rows grow. */
function counts(db: DbOrTx, actor: PersonActor, search: string | undefined): Promise<Counted[]> {
  const scope = institutionsOf(actor, 'coordinator').sort();
  return countedLately(JSON.stringify([scope, search]), async () => {
    const words = wordsIn(search);
    const parts = (['home', 'host'] as const).flatMap((party) =>
      HANDED_IN_STATES.flatMap((state) =>
        branchesOf(actor, { party, state }).map(
          (branch) => sql`select ${party}::text as party, ${state}::text as state, count(*)::int as count
            from (select 1 from application a where ${inBranch(branch, words)} limit ${COUNT_MAX + 1}) c`,
        ),
      ),
    );
    if (parts.length === 0) return [];
    const { rows } = await db.execute<Counted>(union(parts));
    return rows;
  });
}

/** What waits for a decision of the institutions the actor coordinates, soonest first; never their own. */
export async function applicationsWaiting(
  db: DbOrTx,
  actor: PersonActor,
  limit: number,
): Promise<WaitingRow[]> {
  const branches = branchesOf(actor, { ours: true });
  if (branches.length === 0) return [];
  const notOwn = sql` and a.applicant_id <> ${actor.personId}`;
  const ranges = branches.map(
    (branch) => sql`(select a.id, a.due_at, a.state, ${branch.column} as institution_id from application a
      where ${inBranch(branch, notOwn)} order by a.due_at, a.id limit ${limit})`,
  );
  const { rows } = await db.execute<WaitingRow>(sql`
    with k as materialized (
      select * from (${union(ranges)}) a order by a.due_at, a.id limit ${limit}
    )
    select a.reference, a.title, a.state, a.due_at as "dueAt", i.side, p.given_name as "givenName",
      p.family_name as "familyName", p.given_name_ru as "givenNameRu", p.family_name_ru as "familyNameRu",
      p.patronymic_ru as "patronymicRu"
    from k join application a on a.id = k.id
    join person p on p.id = a.applicant_id
    join institution i on i.id = k.institution_id
    order by k.due_at, k.id`);
  // Written as SQL, the instant comes as text.
  return rows.map((row) => ({ ...row, dueAt: row.dueAt === null ? null : new Date(row.dueAt) }));
}

export type WaitingRow = NameParts & {
  reference: string;
  title: string;
  state: 'submitted' | 'nominated';
  dueAt: Date | null;
  side: Side | null;
};
