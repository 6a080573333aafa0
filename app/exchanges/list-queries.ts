import { type SQL, sql } from 'drizzle-orm';
import { institutionsOf } from '#app/people/access.ts';
import type { NameParts } from '#app/people/person-name.ts';
import { escapeLike } from '#app/people/queries.ts';
import { searchTerm } from '#app/people/search-text.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import type { DbOrTx } from '#db/client.server.ts';
import type { ApplicationState } from '#db/schema/exchanges.ts';
import type { Locale, Side } from '#db/schema/shared.ts';
import { countedLately } from './count-cache.ts';
import { PIPELINE, type PipelineStage, pipelineStageOf, STAGES, type Stage, WAITS } from './stages.ts';

/** Rows on a page. */
const PAGE = 100;
/** Rows an export reads at once. */
const EXPORT_PAGE = 1000;
/** Counting stops here: “1,000+”. */
const COUNT_MAX = 1000;

/** What a coordinator's list can be narrowed to. `ours`: what waits for the coordinator's own institution. */
export type ListFilter = {
  stage?: PipelineStage | undefined;
  /** Applications to this call, by its reference. */
  call?: string | undefined;
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
  stage: Stage | 'draft';
  /** ISO 8601, to the microsecond: also the key of the page. */
  stateAt: string;
  dueAt: string | null;
  home: string;
  host: string;
  homeSide: Side;
  hostSide: Side;
};

const LATEST_FIRST = sql`a.state_at desc, a.id desc`;
const OLDEST_FIRST = sql`a.state_at, a.id`;

/** One ordered range of an index: an institution in one party, in one stage or in all that are handed in. */
type Branch = { column: SQL; institutionId: string; stage: Stage | null };

/**
 * The ordered index ranges a coordinator's list is merged from. An application has one home and one host on
 * different sides, so no row comes twice.
 */
function branchesOf(actor: PersonActor, filter: ListFilter): Branch[] {
  const institutions = institutionsOf(actor, 'coordinator');
  const parties = (['home', 'host'] as const).filter((party) => !filter.party || filter.party === party);
  return institutions.flatMap((institutionId) =>
    parties.flatMap((party) => {
      const column = party === 'home' ? sql`a.home_institution_id` : sql`a.host_institution_id`;
      return stagesOf(party, filter).map((stage) => ({ column, institutionId, stage }));
    }),
  );
}

function stagesOf(party: 'home' | 'host', filter: ListFilter): readonly (Stage | null)[] {
  const ofStage: readonly Stage[] | null = filter.stage ? PIPELINE[filter.stage] : null;
  if (!filter.ours) return ofStage ?? [null];
  return WAITS[party].filter((stage) => ofStage?.includes(stage) ?? true);
}

function inBranch({ column, institutionId, stage }: Branch, words: SQL): SQL {
  const ofStage = stage === null ? sql`a.state <> 'draft'` : sql`a.stage = ${stage}`;
  return sql`${column} = ${institutionId} and ${ofStage}${words}`;
}

/** What narrows every branch: the words, the call, and for `ours` that somebody is waited for until a day. */
function narrowed(filter: ListFilter): SQL {
  const ofCall = filter.call
    ? sql` and a.call_id = (select c.id from call c where c.reference = ${filter.call})`
    : sql``;
  // An eligible application whose reviews are under way waits for its reviewers, and has no date of its own.
  const waited = filter.ours ? sql` and a.due_at is not null` : sql``;
  return sql`${wordsIn(filter.search)}${ofCall}${waited}`;
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
  const backwards = filter.before !== undefined;
  const order = backwards ? OLDEST_FIRST : LATEST_FIRST;
  const page = keysOf(actor, filter, PAGE + 1);
  if (!page) return { rows: [], next: null, previous: null };
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

/** The keys of a page, `size` of them read from each index range; null where nothing can stand in it. */
function keysOf(actor: PersonActor, filter: ListFilter, size: number): SQL | null {
  const branches = branchesOf(actor, filter);
  if (branches.length === 0) return null;
  const backwards = filter.before !== undefined;
  const cursor = filter.before ?? filter.after;
  const order = backwards ? OLDEST_FIRST : LATEST_FIRST;
  const from = cursor
    ? sql` and (a.state_at, a.id) ${backwards ? sql`>` : sql`<`} (${cursor.at}::timestamptz, ${cursor.id}::uuid)`
    : sql``;
  const words = sql`${narrowed(filter)}${from}`;
  const ranges = branches.map(
    (branch) => sql`(select a.id, a.state_at from application a where ${inBranch(branch, words)}
      order by ${order} limit ${size})`,
  );
  return sql`select a.id, a.state_at from (${union(ranges)}) a order by ${order} limit ${size}`;
}

/** A row of the exported list: both scripts, and the dates a coordinator reckons with. */
export type ExportRow = NameParts & {
  id: string;
  reference: string;
  call: string;
  title: string;
  stage: Stage;
  stateAt: string;
  dueAt: string | null;
  home: string;
  host: string;
  startsOn: string | null;
  endsOn: string | null;
};

/**
 * The filtered list as a file shows it, from the latest change on, in pages by keyset: what is read at once does not
 * grow with the list.
 *
 * @param most where to stop.
 */
export async function* exportApplications(
  db: DbOrTx,
  actor: PersonActor,
  filter: ListFilter,
  locale: Locale,
  most: number,
): AsyncGenerator<ExportRow> {
  let after: Cursor | undefined;
  for (let left = most; left > 0; left -= EXPORT_PAGE) {
    const keys = keysOf(actor, { ...filter, before: undefined, after }, Math.min(left, EXPORT_PAGE));
    if (!keys) return;
    const { rows } = await db.execute<ExportRow>(sql`
      with k as materialized (${keys})
      select a.id, a.reference, c.reference as call, a.title, a.stage,
        to_char(a.state_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "stateAt",
        to_char(coalesce(a.due_at, q.due_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "dueAt",
        p.given_name as "givenName", p.family_name as "familyName", p.given_name_ru as "givenNameRu",
        p.family_name_ru as "familyNameRu", p.patronymic_ru as "patronymicRu",
        h.short_name->>${locale}::text as home, g.short_name->>${locale}::text as host,
        coalesce(q.starts_on, a.wished_start)::text as "startsOn",
        coalesce(q.ends_on, a.wished_start + a.weeks * 7 - 1)::text as "endsOn"
      from k
      join application a on a.id = k.id
      join call c on c.id = a.call_id
      join person p on p.id = a.applicant_id
      join institution h on h.id = a.home_institution_id
      join institution g on g.id = a.host_institution_id
      left join placement q on q.application_id = a.id
      order by ${LATEST_FIRST}`);
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < EXPORT_PAGE) return;
    after = { at: last.stateAt, id: last.id };
  }
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
    select a.id, a.reference, a.title, a.state, a.stage,
      to_char(a.state_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "stateAt",
      to_char(coalesce(a.due_at, q.due_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "dueAt",
      p.given_name as "givenName", p.family_name as "familyName", p.given_name_ru as "givenNameRu",
      p.family_name_ru as "familyNameRu", p.patronymic_ru as "patronymicRu",
      h.short_name->>${locale}::text as home, g.short_name->>${locale}::text as host,
      h.side as "homeSide", g.side as "hostSide"
    from k
    join application a on a.id = k.id
    join person p on p.id = a.applicant_id
    left join placement q on q.application_id = a.id
    left join institution h on h.id = a.home_institution_id
    left join institution g on g.id = a.host_institution_id
    order by ${order}`);
  return rows;
}

type Counted = { party: 'home' | 'host'; stage: Stage; count: number };
type Count = { count: number; capped: boolean };

/** How many applications stand in each stage of the coordinator's pipeline, by party; counting stops at 1,000. */
export async function countByStage(
  db: DbOrTx,
  actor: PersonActor,
  filter: Pick<ListFilter, 'party' | 'search' | 'call'>,
): Promise<({ stage: PipelineStage; home: Count; host: Count } & Count)[]> {
  const counted = await counts(db, actor, filter);
  return Object.keys(PIPELINE).map((key) => {
    const stage = key as PipelineStage;
    const of = (party: 'home' | 'host') =>
      counted.filter((one) => one.party === party && pipelineStageOf(one.stage) === stage);
    const chosen = [
      ...(filter.party === 'host' ? [] : of('home')),
      ...(filter.party === 'home' ? [] : of('host')),
    ];
    return { stage, home: capped(of('home')), host: capped(of('host')), ...capped(chosen) };
  });
}

/** How many wait for the actor's own institutions, by what they wait for. */
export async function countWaiting(db: DbOrTx, actor: PersonActor) {
  const counted = await counts(db, actor, {});
  const of = (party: string, ...stages: Stage[]) =>
    capped(counted.filter((one) => one.party === party && stages.includes(one.stage)));
  return {
    check: of('home', 'submitted'),
    nominate: of('home', 'selected'),
    reply: of('home', 'queried'),
    answer: of('host', 'nominated'),
    stays: of('home', 'placement-stay'),
    guests: of('host', 'placement-stay'),
  };
}

function capped(counted: Counted[]): Count {
  const sum = counted.reduce((total, one) => total + one.count, 0);
  return { count: Math.min(sum, COUNT_MAX), capped: sum > COUNT_MAX };
}

/** Each range of the index is counted up to the limit, so that counting stays flat as rows grow. */
function counts(
  db: DbOrTx,
  actor: PersonActor,
  filter: Pick<ListFilter, 'search' | 'call'>,
): Promise<Counted[]> {
  const scope = institutionsOf(actor, 'coordinator').sort();
  return countedLately(JSON.stringify([scope, filter.search, filter.call]), async () => {
    const words = narrowed({ search: filter.search, call: filter.call });
    const parts = (['home', 'host'] as const).flatMap((party) => {
      const column = party === 'home' ? sql`a.home_institution_id` : sql`a.host_institution_id`;
      return scope.flatMap((institutionId) =>
        STAGES.map(
          (stage) => sql`select ${party}::text as party, ${stage}::text as stage, count(*)::int as count
            from (select 1 from application a where ${inBranch({ column, institutionId, stage }, words)}
              limit ${COUNT_MAX + 1}) c`,
        ),
      );
    });
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
  const parties = [
    { column: sql`a.home_institution_id`, states: sql`'submitted', 'eligible', 'selected', 'queried'` },
    { column: sql`a.host_institution_id`, states: sql`'nominated'` },
  ];
  // As the partial indexes `application_home_due` and `application_host_due` say it.
  const ranges = institutionsOf(actor, 'coordinator').flatMap((institutionId) =>
    parties.map(
      ({
        column,
        states,
      }) => sql`(select a.id, a.due_at, a.state, ${column} as institution_id from application a
        where ${column} = ${institutionId} and a.state in (${states}) and a.due_at is not null
          and a.applicant_id <> ${actor.personId} order by a.due_at, a.id limit ${limit})`,
    ),
  );
  if (ranges.length === 0) return [];
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
  state: 'submitted' | 'eligible' | 'selected' | 'queried' | 'nominated';
  dueAt: Date | null;
  side: Side | null;
};
