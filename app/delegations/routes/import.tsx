import { useTranslation } from 'react-i18next';
import { redirect } from 'react-router';
import { delegationImport } from '#app/delegations/delegation-import.ts';
import { delegationInScope } from '#app/delegations/queries.ts';
import { fieldError, formErrors } from '#app/platform/form-errors.ts';
import { forbidden } from '#app/platform/outcome.ts';
import { answer, refusalResponse, shown, signedIn, state, words } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { receiveTable } from '#app/platform/table-import.server.ts';
import { ImportUpload } from '#app/ui/import-upload.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
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
  const { db, vaults } = platform();
  return answer(context, {}, async () => {
    const list = await delegationImport(db, vaults, actor, params.ref, state(context).now);
    const id = await receiveTable(list, request, MAX_BYTES);
    return redirect(`/delegations/${params.ref}/import/${id}`, 303);
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

/** Choosing the list of a delegation. */
export default function ImportDelegation({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation('delegations');
  const refused = actionData && 'refused' in actionData ? actionData : undefined;
  return (
    <ImportUpload
      title={t('import.title')}
      crumbs={[
        { label: t('list.title'), href: '/delegations' },
        { label: loaderData.event, href: `/delegations/${loaderData.reference}` },
      ]}
      lede={t('import.lede')}
      hint={t('import.fileHint')}
      maxBytes={MAX_BYTES}
      errors={formErrors(refused)}
      error={fieldError(refused, 'file')}
    />
  );
}
