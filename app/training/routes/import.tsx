import { useTranslation } from 'react-i18next';
import { redirect } from 'react-router';
import { fieldError, formErrors } from '#app/platform/form-errors.ts';
import { answer, shown, signedIn, words } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { receiveTable } from '#app/platform/table-import.server.ts';
import { ImportUpload } from '#app/ui/import-upload.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { courseImport } from '../course-import.ts';
import type { Route } from './+types/import';

const MAX_BYTES = 5_000_000;

export async function loader({ context }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { db, files } = platform();
  await shown(context, async () => courseImport(db, files, actor));
  return { title: words(context)('training:import.title') };
}

export async function action({ request, context }: Route.ActionArgs) {
  const actor = signedIn(context);
  const { db, files } = platform();
  return answer(context, {}, async () => {
    const id = await receiveTable(courseImport(db, files, actor), request, MAX_BYTES);
    return redirect(`/training/import/${id}`, 303);
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

/** Choosing the list of courses. */
export default function ImportCourses({ actionData }: Route.ComponentProps) {
  const { t } = useTranslation('training');
  const refused = actionData && 'refused' in actionData ? actionData : undefined;
  return (
    <ImportUpload
      title={t('import.title')}
      crumbs={[{ label: t('home.title'), href: '/training' }]}
      lede={t('import.lede')}
      hint={t('import.fileHint')}
      maxBytes={MAX_BYTES}
      errors={formErrors(refused)}
      error={fieldError(refused, 'file')}
    />
  );
}
