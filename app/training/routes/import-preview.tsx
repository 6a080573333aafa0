import { useTranslation } from 'react-i18next';
import { answer, done, shown, signedIn, state, words } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { ButtonLink } from '#app/ui/button-link.tsx';
import { Card } from '#app/ui/card.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { Flash } from '#app/ui/flash.tsx';
import { formatDate } from '#app/ui/format-when.ts';
import { languageOf } from '#app/ui/language.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { DateOn } from '#app/ui/when.tsx';
import { confirmCourses, previewCourses } from '../course-import.ts';
import type { Route } from './+types/import-preview';

/** So many of each are shown; a longer list is worked through in parts. */
const SHOWN = 50;

export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { db, files } = platform();
  const preview = await shown(context, () => previewCourses(db, files, actor, params.id));
  const problems = preview.problems.filter(({ problem }) => problem !== 'otherHost');
  return {
    encoding: preview.encoding,
    known: preview.known,
    late: preview.late,
    count: preview.fresh.length,
    courses: preview.fresh.slice(0, SHOWN),
    problems: problems.slice(0, SHOWN),
    wrongRows: new Set(problems.map(({ row }) => row)).size,
    otherHost: preview.problems.length - problems.length,
    title: words(context)('training:import.previewTitle'),
  };
}

export async function action({ context, params }: Route.ActionArgs) {
  const actor = signedIn(context);
  const { db, files } = platform();
  return answer(context, {}, async () => {
    const count = await confirmCourses(db, files, actor, params.id, state(context).now);
    return done('/training', 'training:import.done', { count });
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

/** What the import will do: new runs, known ones, every problem by row and column, prerequisites that come too late. */
export default function ImportPreview({ loaderData: page }: Route.ComponentProps) {
  const { t, i18n } = useTranslation('training');
  const language = languageOf(i18n);
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('home.title'), href: '/training' },
          { label: t('import.title'), href: '/training/import' },
          { label: page.title },
        ]}
        title={page.title}
        lede={t('import.read', { encoding: page.encoding })}
      />
      {page.wrongRows > 0 && <Flash tone="risk" title={t('import.problems', { count: page.wrongRows })} />}
      {page.late.map((one) => (
        <Flash key={`${one.row} ${one.required}`} tone="risk" title={t('late.title', { code: one.required })}>
          {t('late.row', { row: one.row, code: one.code })}{' '}
          {one.endsOn ? t('late.ends', { date: formatDate(one.endsOn, language) }) : t('late.none')}
        </Flash>
      ))}
      <Card>
        <ul className="plain-list">
          <li>{t('import.new', { count: page.count })}</li>
          {page.known > 0 && <li>{t('import.known', { count: page.known })}</li>}
          {page.otherHost > 0 && <li>{t('import.otherHost', { count: page.otherHost })}</li>}
        </ul>
        {page.count > 0 ? (
          <div className="actions">
            <PortalForm inline>
              <SubmitButton>{t('import.confirm', { count: page.count })}</SubmitButton>
            </PortalForm>
            <ButtonLink kind="quiet" href="/training/import">
              {t('import.again')}
            </ButtonLink>
          </div>
        ) : (
          <EmptyState
            title={t('import.nothing')}
            action={<ButtonLink href="/training/import">{t('import.again')}</ButtonLink>}
          >
            {t('import.nothingHint')}
          </EmptyState>
        )}
      </Card>
      {page.problems.length > 0 && (
        <Card title={t('import.problemsCaption')}>
          <DataTable
            caption={t('import.problemsCaption')}
            rows={page.problems}
            rowKey={(one) => `${one.row} ${one.column} ${one.problem}`}
            columns={[
              { key: 'row', head: t('import.row'), align: 'end', cell: (one) => one.row },
              { key: 'column', head: t('import.column'), cell: (one) => one.column },
              { key: 'value', head: t('import.value'), cell: (one) => one.value || '—' },
              { key: 'what', head: t('import.what'), cell: (one) => t(`import.problem.${one.problem}`) },
            ]}
          />
        </Card>
      )}
      {page.courses.length > 0 && (
        <Card title={t('import.coursesCaption')}>
          <DataTable
            caption={t('import.coursesCaption')}
            rows={page.courses}
            rowKey={(one) => String(one.row)}
            columns={[
              { key: 'row', head: t('import.row'), align: 'end', cell: (one) => one.row },
              {
                key: 'course',
                head: t('list.course'),
                rowHeader: true,
                cell: (one) => (
                  <>
                    {one.title[language]} <span className="note">{one.code}</span>
                  </>
                ),
              },
              {
                key: 'dates',
                head: t('list.dates'),
                cell: (one) => <DateOn on={one.startsOn} to={one.endsOn} />,
              },
              {
                key: 'seats',
                head: t('list.seats'),
                cell: (one) => t('seats.size', { count: one.seats, in: one.quotaIn, ru: one.quotaRu }),
              },
            ]}
          />
        </Card>
      )}
    </>
  );
}
