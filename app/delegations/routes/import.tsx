import { useTranslation } from 'react-i18next';
import { redirect } from 'react-router';
import { receiveList } from '#app/delegations/delegation-import.ts';
import { delegationInScope } from '#app/delegations/queries.ts';
import { formErrors } from '#app/platform/form-errors.ts';
import { forbidden, invalid } from '#app/platform/outcome.ts';
import { receiveForm } from '#app/platform/receive-form.server.ts';
import { answer, refusalResponse, shown, signedIn, state, words } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { Card } from '#app/ui/card.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { FileInput } from '#app/ui/file-input.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import type { Route } from './+types/import';

const MAX_BYTES = 20_000_000;

export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const found = await shown(context, () => delegationInScope(platform().db, actor, params.ref));
  if (!found.may.import) throw refusalResponse(context, forbidden());
  const { locale } = state(context);
  return {
    title: words(context)('delegations:import.title'),
    event: found.event.title[locale] || found.event.title.en,
    reference: found.delegation.reference,
  };
}

export async function action({ request, context, params }: Route.ActionArgs) {
  const actor = signedIn(context);
  const { db, files: store, vaults } = platform();
  return answer(context, {}, async () => {
    const { may } = await delegationInScope(db, actor, params.ref);
    if (!may.import) throw forbidden();
    const received = await receiveForm(request, { accept: ['csv'], maxFileBytes: MAX_BYTES });
    try {
      const [sent] = received.files;
      if (!sent) throw invalid('invalid', { fields: { file: received.problems.file ?? ['required'] } });
      const bytes = new Uint8Array(await new Response(await store.open(sent.id)).arrayBuffer());
      const listId = await receiveList(
        db,
        vaults,
        actor,
        { reference: params.ref, bytes },
        state(context).now,
      );
      throw redirect(`/delegations/${params.ref}/import/${listId}`, 303);
    } finally {
      // Passports are in it: it lies in the vault now or nowhere.
      await received.discard();
    }
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

/** Choosing the list; nobody is added before its preview was seen. */
export default function ImportDelegation({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation('delegations');
  const refused = actionData && 'refused' in actionData ? actionData : undefined;
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('list.title'), href: '/delegations' },
          { label: loaderData.event, href: `/delegations/${loaderData.reference}` },
          { label: t('import.title') },
        ]}
        title={t('import.title')}
        lede={t('import.lede')}
      />
      <ErrorSummary errors={formErrors(refused)} />
      <Card>
        <PortalForm encType="multipart/form-data">
          <FileInput
            name="file"
            label={t('import.file')}
            hint={t('import.fileHint')}
            accept=".csv,text/csv"
            maxBytes={MAX_BYTES}
            error={refused?.refused.fields.file?.join(' ')}
          />
          <FormActions>
            <SubmitButton>{t('import.preview')}</SubmitButton>
          </FormActions>
        </PortalForm>
      </Card>
    </>
  );
}
