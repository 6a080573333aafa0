import { useTranslation } from 'react-i18next';
import type { NameParts } from '#app/people/person-name.ts';
import { calendarDateOf, formatShortDate } from '#app/ui/format-when.ts';
import { languageOf, languageOfText } from '#app/ui/language.ts';
import type { ApplicationState } from '#db/schema/exchanges.ts';
import type { ListRow } from './list-queries.ts';
import type { Stage } from './stages.ts';

/** A row with the name as the reader writes it. */
export type ShownRow = Omit<ListRow, keyof NameParts> & { name: string };

const TONES: Record<ApplicationState, 'ok' | 'risk' | 'stop' | 'idle'> = {
  draft: 'idle',
  submitted: 'idle',
  returned: 'risk',
  eligible: 'idle',
  ineligible: 'stop',
  selected: 'ok',
  reserve: 'idle',
  'not-selected': 'stop',
  nominated: 'idle',
  queried: 'risk',
  accepted: 'ok',
  'not-nominated': 'stop',
  declined: 'stop',
  withdrawn: 'stop',
};
/** Where the applicant or the home institution has the pen. */
const HOME_ACTS: ReadonlySet<ApplicationState> = new Set([
  'submitted',
  'returned',
  'eligible',
  'selected',
  'queried',
]);
const SIGNS = { ok: '✓ ', risk: '! ', stop: '✕ ', idle: '— ' };

/**
 * Applications as a table. Written in plain elements, without a component per cell: it is the busiest page
 * of the portal, and each component of a hundred rows costs more than its database row.
 */
export function ApplicationTable({
  caption,
  rows,
  now,
  own = false,
  selectable = false,
}: {
  caption: string;
  rows: readonly ShownRow[];
  now: Date;
  own?: boolean;
  /** A box before each row, sent as `ref` by the form around the table. */
  selectable?: boolean;
}) {
  const { t, i18n } = useTranslation(['exchanges', 'common']);
  const language = languageOf(i18n);
  const heads = {
    select: t('list.selectHead'),
    plan: t('list.plan'),
    applicant: t('list.applicant'),
    route: t('list.route'),
    state: t('list.stateHead'),
    turn: t('list.turn'),
    changed: t('list.changed'),
  };
  const turns = { yours: t('list.yourTurn'), nobody: t('list.nobody') };
  const cities = { in: t('common:side.in'), ru: t('common:side.ru') };
  const wordOf = remembered((stage: Stage | 'draft') => t(`state.${stage}`));
  const dayOf = remembered((hour: string) => formatShortDate(calendarDateOf(`${hour}:00Z`, 'ru'), language));
  const day = (instant: string) => dayOf(instant.slice(0, 13));
  const dueWords = remembered((instant: string) => t('list.by', { date: day(instant) }));
  const lateWords = remembered((instant: string) => t('list.late', { date: day(instant) }));
  const today = now.toISOString();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a frame that scrolls must be reachable by the keyboard
    <section className="frame cards" aria-label={caption} tabIndex={0}>
      <table>
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            {selectable && (
              <th scope="col">
                <span className="sr-only">{heads.select}</span>
              </th>
            )}
            <th scope="col">{own ? heads.plan : heads.applicant}</th>
            {!own && <th scope="col">{heads.plan}</th>}
            <th scope="col">{heads.route}</th>
            <th scope="col">{heads.state}</th>
            <th scope="col">{heads.turn}</th>
            <th scope="col">{heads.changed}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const side = sideOf(row);
            const late = row.dueAt !== null && row.dueAt < today;
            const title = row.title || t('list.untitled');
            return (
              <tr key={row.id} className={late ? 'risk' : undefined}>
                {selectable && (
                  <td data-label={heads.select}>
                    <input
                      type="checkbox"
                      name="ref"
                      value={row.reference}
                      aria-label={t('list.select', { name: row.name, reference: row.reference })}
                    />
                  </td>
                )}
                <th scope="row" data-label={own ? heads.plan : heads.applicant}>
                  <a
                    href={`/exchanges/${row.reference}`}
                    lang={own && row.title ? languageOfText(title) : undefined}
                  >
                    {own ? title : row.name}
                  </a>
                  <div className="note">{row.reference}</div>
                </th>
                {!own && (
                  <td data-label={heads.plan} lang={row.title ? languageOfText(title) : undefined}>
                    {title}
                  </td>
                )}
                <td data-label={heads.route}>
                  {row.home ?? '—'} → {row.host ?? '—'}
                </td>
                <td data-label={heads.state}>
                  <span className={`chip ${toneOf(row)}`}>
                    <span aria-hidden="true">{SIGNS[toneOf(row)]}</span>
                    {wordOf(row.stage)}
                  </span>
                </td>
                <td data-label={heads.turn}>
                  {row.state === 'draft' && turns.yours}
                  {side && <span className={`side ${side}`}>{cities[side]}</span>}
                  {row.dueAt && (
                    <div className="note">{late ? lateWords(row.dueAt) : dueWords(row.dueAt)}</div>
                  )}
                  {!side && !row.dueAt && row.state !== 'draft' && turns.nobody}
                </td>
                <td data-label={heads.changed}>{day(row.stateAt)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

const toneOf = (row: ShownRow) =>
  row.stage === 'placement-no-show' || row.stage === 'placement-cancelled' ? 'stop' : TONES[row.state];

/** Few states and days stand in a hundred rows: each is worded once. */
function remembered<K, V>(word: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    const found = known.get(key) ?? word(key);
    known.set(key, found);
    return found;
  };
}

/** The side whose turn it is; null when nobody is waited for. */
function sideOf(row: ShownRow) {
  // An eligible application without a date waits for its reviewers, who stand on both sides.
  if (row.state === 'eligible' && row.dueAt === null) return null;
  if (HOME_ACTS.has(row.state)) return row.homeSide;
  return row.state === 'nominated' ? row.hostSide : null;
}
