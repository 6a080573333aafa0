import { useTranslation } from 'react-i18next';
import { redirect } from 'react-router';
import { programmeImport } from '#app/delegations/programme-import.ts';
import { mayPlanEvent, publicEvent } from '#app/delegations/queries.ts';
import { fieldError, formErrors } from '#app/platform/form-errors.ts';
import { forbidden } from '#app/platform/outcome.ts';
import { answer, refusalResponse, shown, signedIn, state, words } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { receiveTable } from '#app/platform/table-import.server.ts';
import { ImportUpload } from '#app/ui/import-upload.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
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
  const { db, files } = platform();
  return answer(context, {}, async () => {
    const list = await programmeImport(db, files, actor, params.ref);
    const id = await receiveTable(list, request, MAX_BYTES);
    return redirect(`/events/${params.ref}/programme/${id}`, 303);
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

/** Choosing an event's programme. */
export default function Programme({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation('delegations');
  const refused = actionData && 'refused' in actionData ? actionData : undefined;
  return (
    <ImportUpload
      title={t('programme.title')}
      crumbs={[{ label: loaderData.event, href: `/events/${loaderData.reference}` }]}
      lede={t('programme.lede')}
      maxBytes={MAX_BYTES}
      errors={formErrors(refused)}
      error={fieldError(refused, 'file')}
    />
  );
}
