import type { Cursor, ListFilter } from './list-queries.ts';
import { PIPELINE, type PipelineStage } from './stages.ts';

export type PageFilter = ListFilter & { view?: 'own' | undefined };

const SEARCH_MAX = 100;

/** The list's filters as they stand in the URL; what makes no sense there is left out. */
export function readListFilter(query: URLSearchParams): PageFilter {
  const party = query.get('party');
  return {
    view: query.get('view') === 'own' ? 'own' : undefined,
    stage: stageNamed(query.get('stage')),
    call: /^RE-\d{4}-\d+$/.exec(query.get('call') ?? '')?.[0],
    party: party === 'home' || party === 'host' ? party : undefined,
    ours: query.get('ours') === '1',
    search: query.get('search')?.trim().slice(0, SEARCH_MAX) || undefined,
    after: cursorOf(query.get('after')),
    before: cursorOf(query.get('before')),
  };
}

/** The same list with some filters changed; a change of filter begins at the first page. */
export function listHref(filter: PageFilter, change: Partial<PageFilter>): string {
  return `/exchanges${queryOf({ ...filter, after: undefined, before: undefined, ...change })}`;
}

/** The filters as a query, empty or beginning with `?`. */
export function queryOf(filter: PageFilter): string {
  const { stage, call, party, ours, search, after, before } = filter;
  const query = new URLSearchParams();
  if (stage) query.set('stage', stage);
  if (call) query.set('call', call);
  if (party) query.set('party', party);
  if (ours) query.set('ours', '1');
  if (search) query.set('search', search);
  if (after) query.set('after', `${after.at}_${after.id}`);
  if (before) query.set('before', `${before.at}_${before.id}`);
  return query.size > 0 ? `?${query}` : '';
}

function stageNamed(name: string | null): PipelineStage | undefined {
  return Object.keys(PIPELINE).find((stage): stage is PipelineStage => stage === name);
}

function cursorOf(text: string | null): Cursor | undefined {
  const [, at, id] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z)_([\da-f-]{36})$/.exec(text ?? '') ?? [];
  return at && id && !Number.isNaN(Date.parse(at)) ? { at, id } : undefined;
}
