import { useTranslation } from 'react-i18next';
import { peopleImport } from '#app/people/people-import.ts';
import { cyrillicName, latinName } from '#app/people/person-name.ts';
import { institutions } from '#app/people/queries.ts';
import { formErrors } from '#app/platform/form-errors.ts';
import { answer, done, sentForm, shown, signedIn, state, words } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { choicesIn, confirmationIn, confirmTable, previewTable } from '#app/platform/table-import.server.ts';
import { Card } from '#app/ui/card.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { ImportPreview } from '#app/ui/import-preview.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import type { Route } from './+types/import-preview';

const SHOWN = 20;

export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { locale, url } = state(context);
  const { db, files } = platform();
  const [{ reading, ...preview }, places] = await shown(context, () => {
    const choices = choicesIn(url.searchParams);
    return Promise.all([previewTable(peopleImport(db, files, actor), params.id, choices), institutions(db)]);
  });
  const placeOf = new Map(places.map((place) => [place.id, place.shortName[locale]]));
  return {
    ...preview,
    title: words(context)('common:import.previewTitle'),
    fresh: reading.fresh.length,
    known: reading.known.length,
    people: reading.fresh.slice(0, SHOWN).map((who) => ({
      row: who.row,
      latin: latinName(who),
      cyrillic: cyrillicName(who),
      institution: placeOf.get(who.institutionId) ?? '',
      email: who.email,
      occupation: who.occupation,
    })),
  };
}

export async function action({ context, request, params }: Route.ActionArgs) {
  const actor = signedIn(context);
  const form = await sentForm(context, request);
  const { db, files } = platform();
  return answer(context, {}, async () => {
    const list = peopleImport(db, files, actor);
    const count = await confirmTable(list, params.id, confirmationIn(form), state(context).now);
    return done('/people', 'people:import.done', { count });
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

/** What the import will do: who is new, who is known, and what is wrong with the other rows. */
export default function ImportPreviewPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation(['people', 'common']);
  const { title, encoding, fresh, known, elsewhere, people } = loaderData;
  const refused = actionData && 'refused' in actionData ? actionData : undefined;
  return (
    <ImportPreview
      title={title}
      crumbs={[
        { label: t('title'), href: '/people' },
        { label: t('import.title'), href: '/people/import' },
      ]}
      lede={t('import.read', { encoding })}
      errors={formErrors(refused)}
      state={loaderData}
      what={(one) => t(`import.problem.${one.code as 'missing'}`)}
      counts={[
        t('import.new', { count: fresh }),
        ...(known > 0 ? [t('import.known', { count: known })] : []),
        ...(elsewhere > 0 ? [t('import.otherSide', { count: elsewhere })] : []),
      ]}
      confirm={fresh > 0 ? t('import.confirm', { count: fresh }) : null}
      nothing={{ title: t('import.nothing'), hint: t('import.nothingHint') }}
      againHref="/people/import"
    >
      {people.length > 0 && (
        <Card title={t('import.peopleCaption')}>
          <DataTable
            caption={t('import.peopleCaption')}
            rows={people}
            rowKey={(one) => one.email}
            columns={[
              { key: 'row', head: t('common:import.row'), align: 'end', cell: (one) => one.row },
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
    </ImportPreview>
  );
}
