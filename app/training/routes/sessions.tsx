import { useTranslation } from 'react-i18next';
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
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { addSession } from '../add-session.ts';
import { demandRight } from '../demand-right.ts';
import { removeSession } from '../remove-session.ts';
import { runForReader } from '../run-queries.ts';
import { sessionForm, smallNumber } from '../schemas.ts';
import { SessionTable } from '../session-table.tsx';
import type { Route } from './+types/sessions';

export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const view = await shown(context, async () => {
    const found = await runForReader(platform().db, actor, params.ref, state(context).now);
    if (!found.may.arrange) throw forbidden();
    return found;
  });
  return { ...view, title: words(context)('training:sessions.title') };
}

export async function action({ request, context, params }: Route.ActionArgs) {
  const actor = signedIn(context);
  const form = await sentForm(context, request);
  const { db } = platform();
  const page = `/training/runs/${params.ref}/sessions`;
  return answer(context, typed(form), async () => {
    await demandRight(db, actor, params.ref, 'training.arrange');
    if (form.has('remove')) {
      await removeSession(db, actor, { reference: params.ref, number: smallNumber(form.get('remove')) });
      return done(page, 'training:flash.sessionRemoved');
    }
    await addSession(db, actor, { reference: params.ref, ...read(sessionForm, form) });
    return done(page, 'training:flash.sessionAdded');
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

/** The host's coordinator enters the times of the sessions; the import has dates only. */
export default function Sessions({ loaderData: page, actionData }: Route.ComponentProps) {
  const { t, i18n } = useTranslation('training');
  const language = languageOf(i18n);
  const { run, host, sessions } = page;
  const refused = actionData && 'refused' in actionData ? actionData : undefined;
  const typedIn = refused?.values;
  const common = (name: string) => ({
    name,
    value: typedIn?.[name] ?? '',
    error: fieldError(refused, name),
  });
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
      <Card title={t('session.title')}>
        <SessionTable
          sessions={sessions}
          side={host.side ?? 'ru'}
          action={{
            head: t('sessions.change'),
            cell: (session) => (
              <PortalForm inline hidden={{ remove: session.number }} label={session.title[language]}>
                <SubmitButton kind="quiet">{t('sessions.remove')}</SubmitButton>
              </PortalForm>
            ),
          }}
        />
      </Card>
      <Card title={t('sessions.add')}>
        <PortalForm>
          <Field {...common('titleEn')} label={t('sessions.titleEn')} lang="en" />
          <Field {...common('titleRu')} label={t('sessions.titleRu')} lang="ru" />
          <Field
            {...common('on')}
            type="date"
            label={t('session.day')}
            value={typedIn?.on ?? run.startsOn}
            min={run.startsOn}
            max={run.endsOn}
          />
          <Field
            {...common('from')}
            type="time"
            label={t('session.from')}
            hint={t('sessions.clock', { city: host.city?.[language] ?? '' })}
          />
          <Field {...common('until')} type="time" label={t('session.until')} />
          <FormActions>
            <SubmitButton>{t('sessions.save')}</SubmitButton>
          </FormActions>
        </PortalForm>
      </Card>
    </>
  );
}
