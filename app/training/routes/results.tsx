import { useTranslation } from 'react-i18next';
import { personName } from '#app/people/person-name.ts';
import { fieldError, formErrors } from '#app/platform/form-errors.ts';
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
import { Radios } from '#app/ui/choices.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { Field } from '#app/ui/field.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { languageOf } from '#app/ui/language.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { demandRight } from '../demand-right.ts';
import { readResults } from '../read-roll.ts';
import { recordResults } from '../record-results.ts';
import { rollOfRun } from '../run-queries.ts';
import type { Route } from './+types/results';

export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { locale } = state(context);
  const roll = await shown(context, () => rollOfRun(platform().db, actor, params.ref));
  return {
    run: roll.run,
    people: roll.people.map((row) => ({
      id: row.enrolment.id,
      name: personName(row, locale),
      result: row.enrolment.result,
      grade: row.enrolment.grade,
      fixed: row.certified || row.enrolment.personId === actor.personId,
      marked: roll.marks.filter((one) => one.enrolmentId === row.enrolment.id).length,
      present: roll.marks.filter((one) => one.enrolmentId === row.enrolment.id && one.mark === 'present')
        .length,
    })),
    title: words(context)('training:results.title'),
  };
}

export async function action({ request, context, params }: Route.ActionArgs) {
  const actor = signedIn(context);
  const form = await sentForm(context, request);
  return answer(context, typed(form), async () => {
    await demandRight(platform().db, actor, params.ref, 'training.teach');
    const input = { reference: params.ref, results: readResults(form) };
    const count = await recordResults(platform().db, actor, input, state(context).now);
    return done(`/training/runs/${params.ref}/results`, 'training:flash.results', { count });
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

/** The instructor gives results, with the attendance beside each name. */
export default function Results({ loaderData: page, actionData }: Route.ComponentProps) {
  const { t, i18n } = useTranslation(['training', 'common']);
  const language = languageOf(i18n);
  const { run, people } = page;
  const refused = actionData && 'refused' in actionData ? actionData : undefined;
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
        {people.length === 0 ? (
          <EmptyState title={t('roll.none')}>{t('roll.noneText')}</EmptyState>
        ) : (
          <PortalForm>
            {people.map((row) =>
              row.fixed ? (
                <p key={row.id}>
                  {row.name}{' '}
                  <span className="note">
                    {row.result ? t(`result.${row.result}`) : t('results.notYours')}
                  </span>
                </p>
              ) : (
                <div key={row.id}>
                  <Radios
                    id={`result-${row.id}`}
                    name={`result.${row.id}`}
                    label={row.name}
                    hint={t('turn.attended', { present: row.present, count: row.marked })}
                    value={refused?.values[`result.${row.id}`] ?? row.result ?? ''}
                    options={(['passed', 'failed'] as const).map((one) => ({
                      value: one,
                      label: t(`result.${one}`),
                    }))}
                    inline
                  />
                  <Field
                    name={`grade.${row.id}`}
                    label={t('results.grade', { name: row.name })}
                    value={refused?.values[`grade.${row.id}`] ?? row.grade ?? ''}
                    error={fieldError(refused, `grade.${row.id}`)}
                    inputMode="numeric"
                    width="short"
                    optional
                  />
                </div>
              ),
            )}
            <FormActions>
              <SubmitButton>{t('common:button.save')}</SubmitButton>
            </FormActions>
          </PortalForm>
        )}
      </Card>
    </>
  );
}
