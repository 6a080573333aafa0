import { useTranslation } from 'react-i18next';
import { validate as isUuid } from 'uuid';
import { confirmList, previewList } from '#app/delegations/delegation-import.ts';
import type { ListProblem } from '#app/delegations/delegation-problems.ts';
import { formErrors } from '#app/platform/form-errors.ts';
import { notFound } from '#app/platform/outcome.ts';
import { answer, done, shown, signedIn, state, words } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { ButtonLink } from '#app/ui/button-link.tsx';
import { Card } from '#app/ui/card.tsx';
import { Chip } from '#app/ui/chip.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { Flash } from '#app/ui/flash.tsx';
import { languageOf } from '#app/ui/language.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import type { Say } from '../say.ts';
import { problemOf } from '../shown-words.ts';
import type { Route } from './+types/import-preview';

/** More than this many lines help nobody; the counts above stay whole. */
const SHOWN = 200;
const SEPARATORS = { ',': 'comma', ';': 'semicolon', '\t': 'tab' } as const;
const TONES = { stop: 'stop', note: 'risk', fixed: 'ok' } as const;

export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { db, vaults } = platform();
  const { now } = state(context);
  const preview = await shown(context, () => {
    if (!isUuid(params.id)) throw notFound();
    return previewList(db, vaults, actor, { reference: params.ref, listId: params.id }, now);
  });
  const waiting = new Set(preview.problems.filter((one) => one.weight === 'stop').map((one) => one.row));
  return {
    title: words(context)('delegations:import.previewTitle'),
    reference: params.ref,
    encoding: preview.encoding,
    separator: SEPARATORS[preview.separator],
    rows: preview.rows,
    fresh: preview.fresh.length,
    known: preview.known,
    waiting: waiting.size,
    problems: preview.problems.slice(0, SHOWN),
    people: preview.fresh.slice(0, SHOWN).map(({ row, familyName, givenName, employer, role }) => ({
      row,
      name: `${givenName} ${familyName}`,
      employer,
      role,
    })),
  };
}

export async function action({ context, params }: Route.ActionArgs) {
  const actor = signedIn(context);
  const { db, vaults } = platform();
  return answer(context, {}, async () => {
    if (!isUuid(params.id)) throw notFound();
    const where = { reference: params.ref, listId: params.id };
    const { added, completed } = await confirmList(db, vaults, actor, where, state(context).now);
    return added === 0 && completed > 0
      ? done(`/delegations/${params.ref}`, 'delegations:import.completed', { count: completed })
      : done(`/delegations/${params.ref}`, 'delegations:import.done', { count: added });
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

/** What the import will do: who is added, and every cell that is not as it should be, with what would put it right. */
export default function ListPreviewPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t, i18n } = useTranslation('delegations');
  const language = languageOf(i18n);
  const say = t as unknown as Say;
  const { reference, fresh, known, waiting, problems, people } = loaderData;
  const refused = actionData && 'refused' in actionData ? actionData : undefined;
  const again = (
    <ButtonLink kind="quiet" href={`/delegations/${reference}/import`}>
      {t('import.again')}
    </ButtonLink>
  );
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('list.title'), href: '/delegations' },
          { label: reference, href: `/delegations/${reference}` },
          { label: t('import.title'), href: `/delegations/${reference}/import` },
          { label: t('import.previewTitle') },
        ]}
        title={t('import.previewTitle')}
        lede={t('import.read', {
          count: loaderData.rows,
          encoding: loaderData.encoding,
          separator: t(`import.separator.${loaderData.separator}`),
        })}
      />
      <ErrorSummary errors={formErrors(refused)} />
      {waiting > 0 && (
        <Flash tone="risk" title={t('import.waiting', { count: waiting })}>
          {t('import.kept')}
        </Flash>
      )}
      <Card>
        <ul className="plain-list">
          <li>{t('import.fresh', { count: fresh })}</li>
          {known > 0 && <li>{t('import.known', { count: known })}</li>}
        </ul>
        {fresh > 0 ? (
          <div className="actions">
            <PortalForm inline>
              <SubmitButton>{t('import.confirm', { count: fresh })}</SubmitButton>
            </PortalForm>
            {again}
          </div>
        ) : (
          <EmptyState
            title={t('import.nothing')}
            action={
              <div className="actions">
                {known > 0 && (
                  <PortalForm inline>
                    <SubmitButton kind="quiet">{t('import.complete')}</SubmitButton>
                  </PortalForm>
                )}
                {again}
              </div>
            }
          >
            {waiting > 0 ? t('import.nothingHint') : t('import.nothingHintClean')}
          </EmptyState>
        )}
      </Card>
      {problems.length > 0 && (
        <Card title={t('import.problems')}>
          <DataTable
            caption={t('import.problems')}
            rows={problems}
            rowKey={(one: ListProblem) => `${one.row} ${one.column} ${one.code}`}
            columns={[
              { key: 'row', head: t('import.row'), align: 'end', cell: (one) => one.row },
              { key: 'column', head: t('import.column'), cell: (one) => <code>{one.column}</code> },
              { key: 'value', head: t('import.value'), cell: (one) => one.value || '—' },
              {
                key: 'what',
                head: t('import.what'),
                cell: (one) => (
                  <>
                    {problemOf(one, language, say)}
                    {one.suggestion && (
                      <div className="note">{t('import.suggestion', { value: one.suggestion })}</div>
                    )}
                  </>
                ),
              },
              {
                key: 'weight',
                head: t('import.weight'),
                cell: (one) => <Chip tone={TONES[one.weight]}>{t(`import.weightOf.${one.weight}`)}</Chip>,
              },
            ]}
          />
        </Card>
      )}
      {people.length > 0 && (
        <Card title={t('import.people')}>
          <DataTable
            caption={t('import.people')}
            rows={people}
            rowKey={(one) => String(one.row)}
            columns={[
              { key: 'row', head: t('import.row'), align: 'end', cell: (one) => one.row },
              { key: 'name', head: t('import.name'), rowHeader: true, cell: (one) => one.name },
              { key: 'employer', head: t('import.employer'), cell: (one) => one.employer },
              { key: 'role', head: t('import.roleHead'), cell: (one) => t(`role.${one.role}`) },
            ]}
          />
        </Card>
      )}
    </>
  );
}
