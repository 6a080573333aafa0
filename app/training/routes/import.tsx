import { useTranslation } from 'react-i18next';
import { redirect } from 'react-router';
import { permits } from '#app/people/access.ts';
import { keepFile } from '#app/platform/files.server.ts';
import { formErrors } from '#app/platform/form-errors.ts';
import { forbidden, invalid } from '#app/platform/outcome.ts';
import { receiveForm } from '#app/platform/receive-form.server.ts';
import { answer, refusalResponse, signedIn, words } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { Card } from '#app/ui/card.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { FileInput } from '#app/ui/file-input.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { COURSE_IMPORT, previewCourses } from '../course-import.ts';
import { trainingRules } from '../policy.ts';
import type { Route } from './+types/import';

const MAX_BYTES = 5_000_000;

export function loader({ context }: Route.LoaderArgs) {
  const actor = signedIn(context);
  if (!permits(trainingRules['training.import'], actor, null)) throw refusalResponse(context, forbidden());
  return { title: words(context)('training:import.title') };
}

export async function action({ request, context }: Route.ActionArgs) {
  const actor = signedIn(context);
  if (!permits(trainingRules['training.import'], actor, null)) throw refusalResponse(context, forbidden());
  const { db, files: store } = platform();
  return answer(context, {}, async () => {
    const received = await receiveForm(request, { accept: ['csv'], maxFileBytes: MAX_BYTES });
    const [sent] = received.files;
    if (!sent) throw invalid('invalid', { fields: { file: received.problems.file ?? ['required'] } });
    await keepFile(db, sent, { ownerId: actor.personId, subjectType: COURSE_IMPORT, subjectId: null });
    // A file that is no table of courses is refused here, where another can be chosen.
    await previewCourses(db, store, actor, sent.id);
    throw redirect(`/training/import/${sent.id}`, 303);
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

/** Choosing the list of courses; nothing is imported before its preview was seen. */
export default function ImportCourses({ actionData }: Route.ComponentProps) {
  const { t } = useTranslation('training');
  const refused = actionData && 'refused' in actionData ? actionData : undefined;
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('home.title'), href: '/training' }, { label: t('import.title') }]}
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
