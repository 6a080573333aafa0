import { useTranslation } from 'react-i18next';
import { data } from 'react-router';
import { holds } from '#app/people/access.ts';
import { personName } from '#app/people/person-name.ts';
import { fieldError, formErrors } from '#app/platform/form-errors.ts';
import { forbidden } from '#app/platform/outcome.ts';
import { answer, say, sentForm, shown, signedIn, state, typed, words } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { ButtonLink } from '#app/ui/button-link.tsx';
import { Card } from '#app/ui/card.tsx';
import { Chip } from '#app/ui/chip.tsx';
import { Checkbox } from '#app/ui/choices.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { TypedLine } from '#app/ui/typed-line.tsx';
import { BULK_ACTS, bulkPreview, decideInBulk } from '../bulk-decisions.ts';
import type { Route } from './+types/exchanges-bulk';

const actOf = (name: unknown) => BULK_ACTS.find((act) => act === name) ?? BULK_ACTS[0];

export async function loader({ context }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { locale, url } = state(context);
  return shown(context, async () => {
    if (!holds('coordinator')(actor, null)) throw forbidden();
    const act = actOf(url.searchParams.get('act'));
    const rows = await bulkPreview(platform().db, actor, act, url.searchParams.getAll('ref'));
    return {
      act,
      title: words(context)('exchanges:bulk.title'),
      rows: rows.map(({ name, ...row }) => ({ ...row, name: personName(name, locale) })),
    };
  });
}

export async function action({ request, context }: Route.ActionArgs) {
  const actor = signedIn(context);
  const form = await sentForm(context, request);
  const word = say(context);
  return answer(context, typed(form), async () => {
    if (!holds('coordinator')(actor, null)) throw forbidden();
    const chosen = form.getAll('chosen').flatMap((pair) => {
      const [reference, revision] = String(pair).split(' ');
      return reference && revision ? [{ reference, revision }] : [];
    });
    const input = { act: actOf(form.get('act')), chosen, confirmed: form.get('confirmed') === 'on' };
    const results = await decideInBulk(platform().db, actor, input);
    return data({
      results: results.map(({ reference, refused }) => ({
        reference,
        refused: refused && word(`errors:${refused}`),
      })),
    });
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

/** What one decision would do to several applications; then, once confirmed, what it did. */
export default function BulkPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation('exchanges');
  const { act, rows } = loaderData;
  const refused = actionData && 'values' in actionData ? actionData : undefined;
  const results = actionData && 'results' in actionData ? actionData.results : null;
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('title'), href: '/exchanges' }, { label: t('bulk.title') }]}
        title={`${t('bulk.title')}: ${t(`bulk.acts.${act}`)}`}
        lede={results ? undefined : t('bulk.lede')}
      />
      <ErrorSummary errors={formErrors(refused)} title={refused?.refused?.sentence} />
      <Card>
        {results ? <Results results={results} /> : <Preview rows={rows} />}
        {!results && rows.some((row) => row.hindrance === null) ? (
          <Confirmation act={act} rows={rows} error={fieldError(refused, 'confirmed')} />
        ) : (
          <ButtonLink href="/exchanges">{t('bulk.back')}</ButtonLink>
        )}
      </Card>
    </>
  );
}

type Rows = Awaited<ReturnType<typeof loader>>['rows'];

function Preview({ rows }: { rows: Rows }) {
  const { t } = useTranslation('exchanges');
  if (rows.length === 0) return <EmptyState title={t('bulk.none')} />;
  return (
    <DataTable
      caption={t('bulk.title')}
      rows={rows}
      rowKey={(row) => row.reference}
      columns={[
        {
          key: 'name',
          head: t('list.applicant'),
          rowHeader: true,
          cell: (row) => (
            <>
              <a href={`/exchanges/${row.reference}`}>{row.name}</a>
              <div className="note">{row.reference}</div>
            </>
          ),
        },
        { key: 'title', head: t('list.plan'), cell: (row) => <TypedLine text={row.title} /> },
        {
          key: 'outcome',
          head: t('bulk.outcome'),
          cell: (row) =>
            row.hindrance === null ? (
              <Chip tone="ok">{t('bulk.ready')}</Chip>
            ) : (
              <>
                <Chip tone="idle">{t('bulk.left')}</Chip>
                <div className="note">
                  {t(`bulk.why.${row.hindrance}`, { state: t(`state.${row.stage}`) })}
                </div>
              </>
            ),
        },
      ]}
    />
  );
}

function Confirmation({ act, rows, error }: { act: string; rows: Rows; error: string | undefined }) {
  const { t } = useTranslation('exchanges');
  const ready = rows.filter((row) => row.hindrance === null);
  return (
    <PortalForm hidden={{ act }}>
      {ready.map((row) => (
        <input key={row.reference} type="hidden" name="chosen" value={`${row.reference} ${row.revision}`} />
      ))}
      <Checkbox name="confirmed" label={t('bulk.conditions')} error={error} />
      <FormActions>
        <SubmitButton>{t('bulk.confirm', { count: ready.length })}</SubmitButton>
        <ButtonLink href="/exchanges" kind="quiet">
          {t('bulk.back')}
        </ButtonLink>
      </FormActions>
    </PortalForm>
  );
}

function Results({ results }: { results: { reference: string; refused: string | null }[] }) {
  const { t } = useTranslation('exchanges');
  return (
    <>
      <p role="status">{t('bulk.done', { count: results.filter((one) => !one.refused).length })}</p>
      <DataTable
        caption={t('bulk.results')}
        rows={results}
        rowKey={(row) => row.reference}
        columns={[
          {
            key: 'reference',
            head: t('export.reference'),
            rowHeader: true,
            cell: (row) => <a href={`/exchanges/${row.reference}`}>{row.reference}</a>,
          },
          {
            key: 'outcome',
            head: t('bulk.outcome'),
            cell: (row) => row.refused ?? <Chip tone="ok">{t('bulk.resultDone')}</Chip>,
          },
        ]}
      />
    </>
  );
}
