import { useTranslation } from 'react-i18next';
import { redirect } from 'react-router';
import { peopleImport } from '#app/people/people-import.ts';
import { fieldError, formErrors } from '#app/platform/form-errors.ts';
import { answer, shown, signedIn, words } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { receiveTable } from '#app/platform/table-import.server.ts';
import { ImportUpload } from '#app/ui/import-upload.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import type { Route } from './+types/import';

const MAX_BYTES = 5_000_000;

export async function loader({ context }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { db, files } = platform();
  await shown(context, async () => peopleImport(db, files, actor));
  return { title: words(context)('people:import.title') };
}

export async function action({ request, context }: Route.ActionArgs) {
  const actor = signedIn(context);
  const { db, files } = platform();
  return answer(context, {}, async () => {
    const id = await receiveTable(peopleImport(db, files, actor), request, MAX_BYTES);
    return redirect(`/people/import/${id}`, 303);
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

/** Choosing a list of people. */
export default function ImportPeople({ actionData }: Route.ComponentProps) {
  const { t } = useTranslation('people');
  const refused = actionData && 'refused' in actionData ? actionData : undefined;
  return (
    <ImportUpload
      title={t('import.title')}
      crumbs={[{ label: t('title'), href: '/people' }]}
      lede={t('import.lede')}
      hint={t('import.fileHint')}
      maxBytes={MAX_BYTES}
      errors={formErrors(refused)}
      error={fieldError(refused, 'file')}
    />
  );
}
