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

type StateCount = { state: HandedInState; count: number; capped: boolean };

/** How many applications stand in each state, for the coordinator's pipeline; counting stops at 1,000. */
export async function countByState(
  db: DbOrTx,
  actor: PersonActor,
  filter: Pick<ListFilter, 'party' | 'search'>,
): Promise<StateCount[]> {
  const scope = institutionsOf(actor, 'coordinator').sort();
  const key = JSON.stringify([scope, filter.party, filter.search]);
  return countedLately(key, () => countAnew(db, actor, filter));
}

async function countAnew(
  db: DbOrTx,
  actor: PersonActor,
  filter: Pick<ListFilter, 'party' | 'search'>,
): Promise<StateCount[]> {
  const words = wordsIn(filter.search);
  const counts = HANDED_IN_STATES.flatMap((state) =>
    branchesOf(actor, { party: filter.party, state }).map(
      (branch) => sql`select ${state}::text as state, count(*)::int as count from (
        select 1 from application a where ${inBranch(branch, words)} limit ${COUNT_MAX + 1}) c`,
    ),
  );
  if (counts.length === 0) return [];
  const { rows } = await db.execute<{ state: ApplicationState; count: number }>(
    sql`select state, sum(count)::int as count from (${union(counts)}) s group by state`,
  );
  return HANDED_IN_STATES.map((state) => {
    const count = rows.find((row) => row.state === state)?.count ?? 0;
    return { state, count: Math.min(count, COUNT_MAX), capped: count > COUNT_MAX };
  });
}

/** How many wait for the actor's own institutions: nominations to decide and answers to give. */
export async function countWaiting(
  db: DbOrTx,
  actor: PersonActor,
): Promise<{ nominate: number; answer: number }> {
  const count = async (party: 'home' | 'host') => {
    const parts = branchesOf(actor, { party, ours: true }).map(
      (branch) => sql`select 1 from application a where ${inBranch(branch, sql``)}`,
    );
    if (parts.length === 0) return 0;
    const { rows } = await db.execute<{ count: number }>(
      sql`select count(*)::int as count from (select 1 from (${union(parts)}) w limit ${COUNT_MAX}) c`,
    );
    return rows[0]?.count ?? 0;
  };
  const [nominate, answer] = await Promise.all([count('home'), count('host')]);
  return { nominate, answer };
}
