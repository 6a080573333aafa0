import { useTranslation } from 'react-i18next';
import { personName } from '#app/people/person-name.ts';
import { fieldError, formErrors } from '#app/platform/form-errors.ts';
import { read } from '#app/platform/forms.ts';
import { forbidden } from '#app/platform/outcome.ts';
import {
  answer,
  done,
  sentForm,
  shown,
  signedIn,
  state,
  typed,
  words,
} from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { Card } from '#app/ui/card.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { Field } from '#app/ui/field.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { languageOf } from '#app/ui/language.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { Select } from '#app/ui/select.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { changeRun } from '../change-run.ts';
import { demandRight } from '../demand-right.ts';
import { instructors } from '../instructor-queries.ts';
import { runForReader } from '../run-queries.ts';
import { runForm } from '../schemas.ts';
import type { Route } from './+types/run-edit';

export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { now, locale } = state(context);
  const { db } = platform();
  return shown(context, async () => {
    const { run, may } = await runForReader(db, actor, params.ref, now);
    if (!may.arrange) throw forbidden();
    const people = await instructors(db);
    return {
      run,
      instructors: people.map((one) => ({
        value: one.id,
        label: `${personName(one, locale)}, ${one.institution[locale]}`,
      })),
      title: words(context)('training:edit.title'),
    };
  });
}

export async function action({ request, context, params }: Route.ActionArgs) {
  const actor = signedIn(context);
  const form = await sentForm(context, request);
  const { db } = platform();
  return answer(context, typed(form), async () => {
    await demandRight(db, actor, params.ref, 'training.arrange');
    const { instructor, ...size } = read(runForm, form);
    const input = { ...size, reference: params.ref, instructorId: instructor ?? null };
    await changeRun(db, actor, input, state(context).now);
    return done(`/training/runs/${params.ref}`, 'training:flash.changed');
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

/** The host's coordinator sets seats, quotas and the instructor. */
export default function RunEdit({ loaderData: page, actionData }: Route.ComponentProps) {
  const { t, i18n } = useTranslation(['training', 'common']);
  const language = languageOf(i18n);
  const { run } = page;
  const refused = actionData && 'refused' in actionData ? actionData : undefined;
  const value = (name: 'seats' | 'quotaIn' | 'quotaRu') => refused?.values[name] ?? run[name];
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('home.title'), href: '/training' },
          { label: run.reference, href: `/training/runs/${run.reference}` },
          { label: page.title },
        ]}
        title={page.title}
        lede={run.course.title[language]}
      />
      <ErrorSummary errors={formErrors(refused)} />
      <Card>
        <PortalForm hidden={{ revision: run.revision }}>
          {(['seats', 'quotaIn', 'quotaRu'] as const).map((name) => (
            <Field
              key={name}
              name={name}
              label={t(`edit.${name}`)}
              hint={t(`edit.${name}Hint`)}
              value={value(name)}
              inputMode="numeric"
              width="short"
              error={fieldError(refused, name)}
            />
          ))}
          <Select
            name="instructor"
            label={t('course.instructor')}
            options={page.instructors}
            value={refused?.values.instructor ?? run.instructorId ?? ''}
            empty={t('course.noInstructor')}
            error={fieldError(refused, 'instructor')}
            optional
          />
          <FormActions>
            <SubmitButton>{t('common:button.save')}</SubmitButton>
          </FormActions>
        </PortalForm>
      </Card>
    </>
  );
}
