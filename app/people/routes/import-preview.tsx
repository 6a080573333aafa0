import { useTranslation } from 'react-i18next';
import { confirmImport, previewImport } from '#app/people/people-import.ts';
import { cyrillicName, latinName } from '#app/people/person-name.ts';
import { institutions } from '#app/people/queries.ts';
import { answer, done, shown, signedIn, state, words } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { ButtonLink } from '#app/ui/button-link.tsx';
import { Card } from '#app/ui/card.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { Flash } from '#app/ui/flash.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import type { Route } from './+types/import-preview';

const SHOWN = 20;

export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { locale } = state(context);
  const { db, files } = platform();
  const [preview, places] = await Promise.all([
    shown(context, () => previewImport(db, files, actor, params.id)),
    institutions(db),
  ]);
  const placeOf = new Map(places.map((place) => [place.id, place.shortName[locale]]));
  const otherSide = preview.problems.filter(({ problem }) => problem === 'otherSide');
  const problems = preview.problems.filter(({ problem }) => problem !== 'otherSide');
  return {
    title: words(context)('people:import.previewTitle'),
    encoding: preview.encoding,
    fresh: preview.fresh.length,
    known: preview.known,
    otherSide: otherSide.length,
    wrongRows: new Set(problems.map(({ row }) => row)).size,
    problems,
    people: preview.fresh.slice(0, SHOWN).map((who) => ({
      row: who.row,
      latin: latinName(who),
      cyrillic: cyrillicName(who),
      institution: placeOf.get(who.institutionId) ?? '',
      email: who.email,
      occupation: who.occupation,
    })),
  };
}

export async function action({ context, params }: Route.ActionArgs) {
  const actor = signedIn(context);
  const { db, files } = platform();
  return answer(context, {}, async () => {
    const count = await confirmImport(db, files, actor, params.id, state(context).now);
    return done('/people', 'people:import.done', { count });
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

/** What the import will do: who is new, who is known, and every row that is not imported, with why. */
export default function ImportPreviewPage({ loaderData }: Route.ComponentProps) {
  const { t } = useTranslation('people');
  const { encoding, fresh, known, otherSide, wrongRows, problems, people } = loaderData;
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('title'), href: '/people' },
          { label: t('import.title'), href: '/people/import' },
          { label: t('import.previewTitle') },
        ]}
        title={t('import.previewTitle')}
        lede={t('import.read', { encoding })}
      />
      {wrongRows > 0 && <Flash tone="risk" title={t('import.problems', { count: wrongRows })} />}
      <Card>
        <ul className="plain-list">
          <li>{t('import.new', { count: fresh })}</li>
          {known > 0 && <li>{t('import.known', { count: known })}</li>}
          {otherSide > 0 && <li>{t('import.otherSide', { count: otherSide })}</li>}
        </ul>
        {fresh > 0 ? (
          <div className="actions">
            <PortalForm inline>
              <SubmitButton>{t('import.confirm', { count: fresh })}</SubmitButton>
            </PortalForm>
            <ButtonLink kind="quiet" href="/people/import">
              {t('import.again')}
            </ButtonLink>
          </div>
        ) : (
          <EmptyState
            title={t('import.nothing')}
            action={<ButtonLink href="/people/import">{t('import.again')}</ButtonLink>}
          >
            {t('import.nothingHint')}
          </EmptyState>
        )}
      </Card>
      {problems.length > 0 && (
        <Card title={t('import.problemsCaption')}>
          <DataTable
            caption={t('import.problemsCaption')}
            rows={problems}
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
      {people.length > 0 && (
        <Card title={t('import.peopleCaption')}>
          <DataTable
            caption={t('import.peopleCaption')}
            rows={people}
            rowKey={(one) => one.email}
            columns={[
              { key: 'row', head: t('import.row'), align: 'end', cell: (one) => one.row },
              { key: 'latin', head: t('person.latin'), rowHeader: true, cell: (one) => one.latin },
              { key: 'cyrillic', head: t('person.cyrillic'), cell: (one) => one.cyrillic || '—' },
              { key: 'institution', head: t('list.institution'), cell: (one) => one.institution },
              {
                key: 'occupation',
                head: t('list.occupation'),
                cell: (one) => (one.occupation ? t(`role.${one.occupation}`) : '—'),
              },
              { key: 'email', head: t('list.email'), cell: (one) => one.email },
            ]}
          />
        </Card>
      )}
    </>
  );
}
