import { APPLICATION_STATES } from '#db/schema/exchanges.ts';
import type { Cursor, ListFilter } from './list-queries.ts';

export type PageFilter = ListFilter & { view?: 'own' | undefined };

const SEARCH_MAX = 100;

/** The list's filters as they stand in the URL; what makes no sense there is left out. */
export function readListFilter(query: URLSearchParams): PageFilter {
  const party = query.get('party');
  return {
    view: query.get('view') === 'own' ? 'own' : undefined,
    state: APPLICATION_STATES.find((state) => state !== 'draft' && state === query.get('state')),
    party: party === 'home' || party === 'host' ? party : undefined,
    ours: query.get('ours') === '1',
    search: query.get('search')?.trim().slice(0, SEARCH_MAX) || undefined,
    after: cursorOf(query.get('after')),
    before: cursorOf(query.get('before')),
  };
}

/** The same list with some filters changed; a change of filter begins at the first page. */
export function listHref(filter: PageFilter, change: Partial<PageFilter>): string {
  const { state, party, ours, search, after, before } = {
    ...filter,
    after: undefined,
    before: undefined,
    ...change,
  };
  const query = new URLSearchParams();
  if (state) query.set('state', state);
  if (party) query.set('party', party);
  if (ours) query.set('ours', '1');
  if (search) query.set('search', search);
  if (after) query.set('after', `${after.at}_${after.id}`);
  if (before) query.set('before', `${before.at}_${before.id}`);
  return query.size > 0 ? `/exchanges?${query}` : '/exchanges';
}

function cursorOf(text: string | null): Cursor | undefined {
  const [, at, id] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z)_([\da-f-]{36})$/.exec(text ?? '') ?? [];
  return at && id && !Number.isNaN(Date.parse(at)) ? { at, id } : undefined;
}
