import { useTranslation } from 'react-i18next';
import { personName } from '#app/people/person-name.ts';
import { formErrors } from '#app/platform/form-errors.ts';
import { notFound } from '#app/platform/outcome.ts';
import { answer, done, sentForm, shown, signedIn, state, typed } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { Card } from '#app/ui/card.tsx';
import { Radios } from '#app/ui/choices.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { languageOf } from '#app/ui/language.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { When } from '#app/ui/when.tsx';
import { markAttendance } from '../mark-attendance.ts';
import { readMarks } from '../read-roll.ts';
import { rollOfRun } from '../run-queries.ts';
import { smallNumber } from '../schemas.ts';
import type { Route } from './+types/roll';

export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { locale } = state(context);
  return shown(context, async () => {
    const roll = await rollOfRun(platform().db, actor, params.ref);
    const session = roll.sessions.find((one) => String(one.number) === params.number);
    if (!session) throw notFound();
    const marks = new Map(
      roll.marks.filter((one) => one.sessionId === session.id).map((one) => [one.enrolmentId, one.mark]),
    );
    return {
      run: roll.run,
      session,
      people: roll.people.map((row) => ({
        id: row.enrolment.id,
        name: personName(row, locale),
        institution: row.institution[locale],
        mark: marks.get(row.enrolment.id) ?? null,
      })),
      title: session.title[locale],
    };
  });
}

export async function action({ request, context, params }: Route.ActionArgs) {
  const actor = signedIn(context);
  const form = await sentForm(context, request);
  return answer(context, typed(form), async () => {
    const input = {
      reference: params.ref,
      number: smallNumber(params.number),
      marks: readMarks(form),
    };
    const count = await markAttendance(platform().db, actor, input, state(context).now);
    return done(`/training/runs/${params.ref}/sessions/${params.number}`, 'training:flash.marked', { count });
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

const MARKS = ['present', 'absent', 'excused'] as const;

/** The roll of a session, made for a phone: one person, three large answers, one button at the end. */
export default function Roll({ loaderData: page, actionData }: Route.ComponentProps) {
  const { t, i18n } = useTranslation('training');
  const language = languageOf(i18n);
  const { run, session, people } = page;
  const refused = actionData && 'refused' in actionData ? actionData : undefined;
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('home.title'), href: '/training' },
          { label: run.reference, href: `/training/runs/${run.reference}` },
          { label: t('roll.title') },
        ]}
        title={page.title}
        lede={
          <>
            {run.course.title[language]} <When at={session.startsAt} />
          </>
        }
      />
      <ErrorSummary errors={formErrors(refused)} />
      <Card title={t('roll.title')}>
        {people.length === 0 ? (
          <EmptyState title={t('roll.none')}>{t('roll.noneText')}</EmptyState>
        ) : (
          <PortalForm>
            {people.map((row) => (
              <Radios
                key={row.id}
                id={`mark-${row.id}`}
                name={`mark.${row.id}`}
                label={row.name}
                hint={row.institution}
                value={refused?.values[`mark.${row.id}`] ?? row.mark ?? ''}
                options={MARKS.map((mark) => ({ value: mark, label: t(`mark.${mark}`) }))}
                inline
              />
            ))}
            <FormActions>
              <SubmitButton>{t('roll.save')}</SubmitButton>
            </FormActions>
          </PortalForm>
        )}
      </Card>
    </>
  );
}
