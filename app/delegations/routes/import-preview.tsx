import { useTranslation } from 'react-i18next';
import { delegationImport } from '#app/delegations/delegation-import.ts';
import type { ListProblem } from '#app/delegations/delegation-problems.ts';
import { formErrors } from '#app/platform/form-errors.ts';
import { answer, done, sentForm, shown, signedIn, state, words } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { choicesIn, confirmationIn, confirmTable, previewTable } from '#app/platform/table-import.server.ts';
import { Card } from '#app/ui/card.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { ImportPreview } from '#app/ui/import-preview.tsx';
import { languageOf } from '#app/ui/language.ts';
import { pageTitle } from '#app/ui/page-title.ts';
import type { Say } from '#app/ui/say.ts';
import { problemOf } from '../shown-words.ts';
import type { Route } from './+types/import-preview';

/** More people than this are not listed; the counts above stay whole. */
const SHOWN = 200;
const SEPARATORS = { ',': 'comma', ';': 'semicolon', '\t': 'tab' } as const;

export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { db, vaults } = platform();
  const { now, url } = state(context);
  const { reading, ...preview } = await shown(context, async () => {
    const list = await delegationImport(db, vaults, actor, params.ref, now);
    return previewTable(list, params.id, choicesIn(url.searchParams));
  });
  return {
    ...preview,
    title: words(context)('common:import.previewTitle'),
    reference: params.ref,
    fresh: reading.fresh.length,
    known: reading.known.length,
    people: reading.fresh.slice(0, SHOWN).map(({ row, familyName, givenName, employer, role }) => ({
      row,
      name: `${givenName} ${familyName}`,
      employer,
      role,
    })),
  };
}

export async function action({ context, request, params }: Route.ActionArgs) {
  const actor = signedIn(context);
  const form = await sentForm(context, request);
  const { db, vaults } = platform();
  const { now } = state(context);
  return answer(context, {}, async () => {
    const list = await delegationImport(db, vaults, actor, params.ref, now);
    const { added, completed } = await confirmTable(list, params.id, confirmationIn(form), now);
    return added === 0 && completed > 0
      ? done(`/delegations/${params.ref}`, 'delegations:import.completed', { count: completed })
      : done(`/delegations/${params.ref}`, 'delegations:import.done', { count: added });
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

/** What the import will do: who is added, and every cell that is not as it should be, with what would put it right. */
export default function ListPreviewPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t, i18n } = useTranslation(['delegations', 'common']);
  const language = languageOf(i18n);
  const say = t as unknown as Say;
  const { title, reference, size, encoding, separator, fresh, known, waiting, people } = loaderData;
  const refused = actionData && 'refused' in actionData ? actionData : undefined;
  return (
    <ImportPreview
      title={title}
      crumbs={[
        { label: t('list.title'), href: '/delegations' },
        { label: reference, href: `/delegations/${reference}` },
        { label: t('import.title'), href: `/delegations/${reference}/import` },
      ]}
      lede={t('import.read', {
        count: size,
        encoding,
        separator: t(`import.separator.${SEPARATORS[separator]}`),
      })}
      errors={formErrors(refused)}
      state={loaderData}
      what={(one) => problemOf(one as ListProblem, language, say)}
      counts={[
        t('import.fresh', { count: fresh }),
        ...(known > 0 ? [t('import.known', { count: known })] : []),
      ]}
      confirm={fresh > 0 ? t('import.confirm', { count: fresh }) : null}
      nothing={{
        title: t('import.nothing'),
        hint: waiting > 0 ? t('import.nothingHint') : t('import.nothingHintClean'),
        ...(known > 0 && { act: t('import.complete') }),
      }}
      againHref={`/delegations/${reference}/import`}
    >
      {people.length > 0 && (
        <Card title={t('import.people')}>
          <DataTable
            caption={t('import.people')}
            rows={people}
            rowKey={(one) => String(one.row)}
            columns={[
              { key: 'row', head: t('common:import.row'), align: 'end', cell: (one) => one.row },
              { key: 'name', head: t('import.name'), rowHeader: true, cell: (one) => one.name },
              { key: 'employer', head: t('import.employer'), cell: (one) => one.employer },
              { key: 'role', head: t('import.roleHead'), cell: (one) => t(`role.${one.role}`) },
            ]}
          />
        </Card>
      )}
    </ImportPreview>
  );
}
