import { useTranslation } from 'react-i18next';
import { personName } from '#app/people/person-name.ts';
import { shown, signedIn, state, words } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { ButtonLink } from '#app/ui/button-link.tsx';
import { Card } from '#app/ui/card.tsx';
import { type Column, DataTable } from '#app/ui/data-table.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { Field } from '#app/ui/field.tsx';
import { languageOf } from '#app/ui/language.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { Pagination } from '#app/ui/pagination.tsx';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { Select } from '#app/ui/select.tsx';
import { SideBadge } from '#app/ui/side-badge.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { Deadline } from '#app/ui/when.tsx';
import { isArea } from '../area.ts';
import { dueOnOf, halfYearOf, todayOn } from '../half-year.ts';
import { listTheses } from '../list-queries.ts';
import { ReportStateChip } from '../report-state.tsx';
import { readThesisFilter, THESIS_STATES } from '../schemas.ts';
import { ShownLine } from '../shown-text.tsx';
import { awaited } from '../turn.ts';
import type { Route } from './+types/theses';

export async function loader({ context }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { url, now } = state(context);
  const filter = readThesisFilter(url.searchParams);
  const list = await shown(context, () => listTheses(platform().db, actor, filter));
  const pageHref = (key: 'after' | 'before', id: string | null) => {
    if (id === null) return undefined;
    const query = new URLSearchParams();
    if (filter.search) query.set('q', filter.search);
    if (filter.state) query.set('state', filter.state);
    query.set(key, id);
    return `/supervision?${query}`;
  };
  return {
    ...list,
    filter,
    // Where no report is begun yet, the present half-year's is due.
    rows: list.rows.map((row) => ({
      ...row,
      dueOn: row.report ? row.report.turnDueOn : dueOnOf(halfYearOf(todayOn(row.homeSide, now))),
    })),
    nextHref: pageHref('after', list.next),
    previousHref: pageHref('before', list.previous),
    title: words(context)('supervision:list.title'),
  };
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

type Row = Route.ComponentProps['loaderData']['rows'][number];

/** The theses the reader takes part in or coordinates, each with where its report stands and whose turn it is. */
export default function Theses({ loaderData }: Route.ComponentProps) {
  const { t } = useTranslation(['supervision', 'common']);
  const { rows, filter, total, capped, nextHref, previousHref } = loaderData;
  const filtered = filter.search !== undefined || filter.state !== undefined;
  const columns = useColumns();
  return (
    <>
      <PageHeader title={t('list.title')} lede={t('list.lede')} />
      {(filtered || rows.length > 0) && (
        <PortalForm method="get" inline label={t('list.search')}>
          <Field
            name="q"
            type="search"
            label={t('list.search')}
            value={filter.search ?? ''}
            optional
            width="medium"
          />
          <Select
            name="state"
            label={t('list.state')}
            value={filter.state ?? ''}
            empty={t('list.anyState')}
            options={THESIS_STATES.map((value) => ({ value, label: t(`state.${value}`) }))}
            optional
            width="medium"
          />
          <SubmitButton kind="quiet">{t('common:button.filter')}</SubmitButton>
        </PortalForm>
      )}
      <Card>
        <DataTable
          caption={t('list.caption')}
          columns={columns}
          rows={rows}
          rowKey={(row) => row.id}
          empty={
            filtered ? (
              <EmptyState
                title={t('list.noneFoundTitle')}
                action={
                  <ButtonLink kind="quiet" href="/supervision">
                    {t('list.showAll')}
                  </ButtonLink>
                }
              >
                {t('list.noneFound')}
              </EmptyState>
            ) : (
              <EmptyState title={t('list.emptyTitle')}>{t('list.empty')}</EmptyState>
            )
          }
        />
        {rows.length > 0 && (
          <Pagination
            count={total}
            capped={capped}
            {...(nextHref ? { nextHref } : {})}
            {...(previousHref ? { previousHref } : {})}
          />
        )}
      </Card>
    </>
  );
}

function useColumns(): Column<Row>[] {
  const { t, i18n } = useTranslation(['supervision', 'common']);
  const language = languageOf(i18n);
  return [
    {
      key: 'thesis',
      head: t('list.thesis'),
      cell: (row) => (
        <>
          <ShownLine text={row.title} href={`/supervision/${row.reference}`} />
          <div className="note">
            {row.reference} · {isArea(row.area) ? t(`area.${row.area}`) : row.area}
          </div>
        </>
      ),
    },
    { key: 'candidate', head: t('list.candidate'), cell: (row) => personName(row.candidate, language) },
    {
      key: 'supervisors',
      head: t('list.supervisors'),
      cell: (row) => (
        <>
          <div>
            {personName(row.supervisor, language)}{' '}
            <span className="note">{t(`common:side.${row.supervisorSide}`)}</span>
          </div>
          <div>
            {personName(row.coSupervisor, language)}{' '}
            <span className="note">{t(`common:side.${row.coSupervisorSide}`)}</span>
          </div>
        </>
      ),
    },
    {
      key: 'report',
      head: t('list.report'),
      cell: ({ report }) => (
        <>
          <ReportStateChip state={report?.state ?? 'none'} outcome={report?.outcome ?? null} />
          {report && <div className="note">{t(`halfYearTitle.${report.half}`, { year: report.year })}</div>}
        </>
      ),
    },
    { key: 'turn', head: t('list.turn'), cell: (row) => <WhoseTurn row={row} /> },
  ];
}

function WhoseTurn({ row }: { row: Row }) {
  const { t } = useTranslation('supervision');
  const { report, given, signed, dueOn } = row;
  const roles = report ? awaited({ state: report.state, given, signed }) : (['candidate'] as const);
  const sides = {
    candidate: row.homeSide,
    supervisor: row.supervisorSide,
    'co-supervisor': row.coSupervisorSide,
  };
  if (roles.length === 0) return <span className="note">{t('list.nobody')}</span>;
  return (
    <>
      {roles.map((role) => (
        <div key={role}>
          {t(`role.${role}`)} <SideBadge side={sides[role]} />
        </div>
      ))}
      {dueOn && (
        <div className="note">
          <Deadline on={dueOn} />
        </div>
      )}
    </>
  );
}
