import { useTranslation } from 'react-i18next';
import { formErrors } from '#app/platform/form-errors.ts';
import { answer, done, sentForm, shown, signedIn, state, words } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { choicesIn, confirmationIn, confirmTable, previewTable } from '#app/platform/table-import.server.ts';
import { Card } from '#app/ui/card.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { Flash } from '#app/ui/flash.tsx';
import { formatDate } from '#app/ui/format-when.ts';
import { ImportPreview } from '#app/ui/import-preview.tsx';
import { languageOf } from '#app/ui/language.ts';
import { pageTitle } from '#app/ui/page-title.ts';
import { DateOn } from '#app/ui/when.tsx';
import { courseImport } from '../course-import.ts';
import type { Route } from './+types/import-preview';

/** So many runs are shown; a longer list is worked through in parts. */
const SHOWN = 50;

export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { db, files } = platform();
  const { reading, ...preview } = await shown(context, async () =>
    previewTable(courseImport(db, files, actor), params.id, choicesIn(state(context).url.searchParams)),
  );
  return {
    ...preview,
    title: words(context)('common:import.previewTitle'),
    fresh: reading.fresh.length,
    known: reading.known.length,
    late: reading.late,
    courses: reading.fresh.slice(0, SHOWN),
  };
}

export async function action({ context, request, params }: Route.ActionArgs) {
  const actor = signedIn(context);
  const form = await sentForm(context, request);
  const { db, files } = platform();
  return answer(context, {}, async () => {
    const list = courseImport(db, files, actor);
    const count = await confirmTable(list, params.id, confirmationIn(form), state(context).now);
    return done('/training', 'training:import.done', { count });
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

/** What the import will do: new runs, known ones, what is wrong, prerequisites that come too late. */
export default function CoursePreviewPage({ loaderData: page, actionData }: Route.ComponentProps) {
  const { t, i18n } = useTranslation(['training', 'common']);
  const language = languageOf(i18n);
  const refused = actionData && 'refused' in actionData ? actionData : undefined;
  return (
    <ImportPreview
      title={page.title}
      crumbs={[
        { label: t('home.title'), href: '/training' },
        { label: t('import.title'), href: '/training/import' },
      ]}
      lede={t('import.read', { encoding: page.encoding })}
      errors={formErrors(refused)}
      state={page}
      what={(one) => t(`import.problem.${one.code as 'missing'}`)}
      counts={[
        t('import.new', { count: page.fresh }),
        ...(page.known > 0 ? [t('import.known', { count: page.known })] : []),
        ...(page.elsewhere > 0 ? [t('import.otherHost', { count: page.elsewhere })] : []),
      ]}
      confirm={page.fresh > 0 ? t('import.confirm', { count: page.fresh }) : null}
      nothing={{ title: t('import.nothing'), hint: t('import.nothingHint') }}
      againHref="/training/import"
      notices={page.late.map((one) => (
        <Flash key={`${one.row} ${one.required}`} tone="risk" title={t('late.title', { code: one.required })}>
          {t('late.row', { row: one.row, code: one.code })}{' '}
          {one.endsOn ? t('late.ends', { date: formatDate(one.endsOn, language) }) : t('late.none')}
        </Flash>
      ))}
    >
      {page.courses.length > 0 && (
        <Card title={t('import.coursesCaption')}>
          <DataTable
            caption={t('import.coursesCaption')}
            rows={page.courses}
            rowKey={(one) => String(one.row)}
            columns={[
              { key: 'row', head: t('common:import.row'), align: 'end', cell: (one) => one.row },
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
    </ImportPreview>
  );
}
