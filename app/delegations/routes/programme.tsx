import { useTranslation } from 'react-i18next';
import { importProgramme } from '#app/delegations/import-programme.ts';
import { mayPlanEvent, publicEvent } from '#app/delegations/queries.ts';
import { formErrors } from '#app/platform/form-errors.ts';
import { forbidden, invalid } from '#app/platform/outcome.ts';
import { receiveForm } from '#app/platform/receive-form.server.ts';
import {
  answer,
  done,
  refusalResponse,
  shown,
  signedIn,
  state,
  words,
} from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { readTable } from '#app/platform/table.ts';
import { Card } from '#app/ui/card.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { FileInput } from '#app/ui/file-input.tsx';
import { Flash } from '#app/ui/flash.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import type { Route } from './+types/programme';

const MAX_BYTES = 1_000_000;

export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { event } = await shown(context, () => publicEvent(platform().db, params.ref));
  if (!mayPlanEvent(actor, event)) throw refusalResponse(context, forbidden());
  return {
    title: words(context)('delegations:programme.title'),
    event: event.title[state(context).locale] || event.title.en,
    reference: event.reference,
  };
}

export async function action({ context, request, params }: Route.ActionArgs) {
  const actor = signedIn(context);
  const { db, files: store } = platform();
  return answer(context, {}, async () => {
    const { event } = await publicEvent(db, params.ref);
    if (!mayPlanEvent(actor, event)) throw forbidden();
    const received = await receiveForm(request, { accept: ['csv'], maxFileBytes: MAX_BYTES });
    const [sent] = received.files;
    if (!sent) throw invalid('invalid', { fields: { file: received.problems.file ?? ['required'] } });
    try {
      const stream = await store.open(sent.id);
      const table = readTable(new Uint8Array(await new Response(stream).arrayBuffer()));
      const result = await importProgramme(db, actor, params.ref, table);
      const { added, changed } = result;
      if (result.problems.length > 0) return { imported: result };
      return done(`/events/${params.ref}`, 'delegations:programme.done', { added, changed });
    } finally {
      // A programme is public, but nobody asks for the file again.
      await received.discard();
    }
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

/** Bringing in a programme: sound rows are taken, the others are named. */
export default function Programme({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation('delegations');
  const refused = actionData && 'refused' in actionData ? actionData : undefined;
  const imported = actionData && 'imported' in actionData ? actionData.imported : undefined;
  return (
    <>
      <PageHeader
        crumbs={[
          { label: loaderData.event, href: `/events/${loaderData.reference}` },
          { label: t('programme.title') },
        ]}
        title={t('programme.title')}
        lede={t('programme.lede')}
      />
      <ErrorSummary errors={formErrors(refused)} />
      {imported && (
        <>
          <Flash
            tone="risk"
            title={t('programme.done', { added: imported.added, changed: imported.changed })}
          />
          <Card title={t('programme.left')}>
            <DataTable
              caption={t('programme.left')}
              rows={imported.problems}
              rowKey={(one) => `${one.row} ${one.column} ${one.code}`}
              columns={[
                { key: 'row', head: t('import.row'), align: 'end', cell: (one) => one.row },
                { key: 'column', head: t('import.column'), cell: (one) => one.column },
                { key: 'value', head: t('import.value'), cell: (one) => one.value || '—' },
                { key: 'what', head: t('import.what'), cell: (one) => t(`programmeProblem.${one.code}`) },
              ]}
            />
          </Card>
        </>
      )}
      <Card>
        <PortalForm encType="multipart/form-data">
          <FileInput
            name="file"
            label={t('import.file')}
            accept=".csv,text/csv"
            maxBytes={MAX_BYTES}
            error={refused?.refused.fields.file?.join(' ')}
          />
          <FormActions>
            <SubmitButton>{t('programme.act')}</SubmitButton>
          </FormActions>
        </PortalForm>
      </Card>
    </>
  );
}
