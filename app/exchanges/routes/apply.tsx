import { useTranslation } from 'react-i18next';
import { redirect } from 'react-router';
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
import { ButtonLink } from '#app/ui/button-link.tsx';
import { Card } from '#app/ui/card.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { formatWhen } from '#app/ui/format-when.ts';
import { languageOf } from '#app/ui/language.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { Select } from '#app/ui/select.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { TaskList } from '#app/ui/task-list.tsx';
import { applicationForm, copyable, stepStatuses } from '../application-queries.ts';
import { STEPS } from '../application-steps.ts';
import { DeadlineLine } from '../apply/deadline-line.tsx';
import { CallContacts } from '../calls/call-contact-list.tsx';
import { whomToWrite } from '../calls/call-contacts.ts';
import { copyApplication } from '../copy-application.ts';
import { inLanguage } from '../localized.ts';
import type { Route } from './+types/apply';

export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { now } = state(context);
  const { db } = platform();
  return shown(context, async () => {
    const form = await applicationForm(db, actor, params.ref);
    // What is submitted is no form any more: its page says where it is.
    if (!form.editable) throw redirect(`/exchanges/${form.draft?.reference}`, 303);
    const earlier = await copyable(db, actor, form);
    const { call, draft, until, homes, correction } = form;
    const statuses = stepStatuses(form);
    const title = words(context)('exchanges:apply.title');
    const contacts = await whomToWrite(db, actor, call);
    return { call, draft, until, homes, correction, statuses, earlier, contacts, now, title };
  });
}

export async function action({ request, context, params }: Route.ActionArgs) {
  const actor = signedIn(context);
  const { now } = state(context);
  const form = await sentForm(context, request);
  return answer(context, typed(form), async () => {
    const from = String(form.get('from') ?? '');
    await copyApplication(platform().db, actor, { callReference: params.ref, from }, now);
    return done(`/calls/${params.ref}/apply`, 'exchanges:apply.copied');
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  pageTitle(loaderData?.title, loaderData?.call.reference),
];

type Page = Awaited<ReturnType<typeof loader>>;

/** Why nothing can be handed in here; null while it can. A correction has a date of its own. */
function shutBy({ call, homes, now, until }: Pick<Page, 'call' | 'homes' | 'now' | 'until'>) {
  if (call.state === 'cancelled') return 'cancelled';
  if (homes.length === 0) return 'other';
  if (now < call.opensAt) return 'notYet';
  return now > until ? 'closed' : null;
}

const TONES = { done: 'ok', todo: 'idle', correct: 'stop', waits: 'risk', look: 'risk' } as const;

/** The task list of an application: its steps in any order, each saved on its own, submitted when all are done. */
export default function ApplyPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t, i18n } = useTranslation('exchanges');
  const language = languageOf(i18n);
  const { call, draft, until, now, statuses, correction } = loaderData;
  const refused = actionData && 'values' in actionData ? actionData : undefined;
  const here = `/calls/${call.reference}/apply`;
  const shut = shutBy(loaderData);
  const ready = STEPS.every((step) => ['done', 'look', 'correct'].includes(statuses[step]));
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('calls.title'), href: '/calls' },
          { label: call.reference, href: `/calls/${call.reference}` },
          { label: t('apply.title') },
        ]}
        title={t('apply.title')}
        lede={t('apply.lede', { call: inLanguage(call.title, language) })}
      />
      <ErrorSummary errors={formErrors(refused)} title={refused?.refused?.sentence} />
      {shut ? (
        <Card title={t(`apply.${shut}Title`)} tone="risk">
          <p>
            {t(`apply.${shut}Text`, {
              when: formatWhen(shut === 'notYet' ? call.opensAt : until, language),
            })}
          </p>
          {call.cancellation && <p className="why">{inLanguage(call.cancellation, language)}</p>}
          {shut !== 'other' && <CallContacts contacts={loaderData.contacts} />}
          <ButtonLink href="/calls" kind="quiet">
            {t('apply.allCalls')}
          </ButtonLink>
        </Card>
      ) : (
        <DeadlineLine until={until} now={now} returned={correction !== null} />
      )}
      {correction && (
        <Card tone="act" title={t('apply.returned')}>
          <p>{t('apply.returnedText')}</p>
        </Card>
      )}
      {(!shut || (shut === 'closed' && draft)) && (
        <>
          <Card title={t('apply.tasks')}>
            <p className="note">{t('apply.tasksNote')}</p>
            <TaskList
              items={[
                ...STEPS.map((step) => ({
                  title: t(`apply.step.${step}`),
                  href: `${here}/${step}`,
                  hint: t(`apply.stepHint.${step}`),
                  status: t(`apply.status.${statuses[step]}`),
                  tone: TONES[statuses[step]],
                })),
                {
                  title: t('apply.step.check'),
                  ...(draft && { href: `${here}/check` }),
                  hint: t('apply.stepHint.check'),
                  status: t(ready ? 'apply.status.ready' : 'apply.status.notReady'),
                  tone: ready ? ('risk' as const) : ('idle' as const),
                },
              ]}
            />
          </Card>
          {loaderData.earlier.length > 0 && (
            <Card title={t('copy.title')}>
              <PortalForm>
                <Select
                  name="from"
                  label={t('copy.from')}
                  hint={t('copy.hint')}
                  options={loaderData.earlier.map((one) => ({
                    value: one.reference,
                    label: `${one.reference} · ${one.title}`,
                  }))}
                  value={refused?.values?.from}
                  error={fieldError(refused, 'from')}
                />
                <FormActions>
                  <SubmitButton kind="quiet">{t('copy.submit')}</SubmitButton>
                </FormActions>
              </PortalForm>
            </Card>
          )}
        </>
      )}
    </>
  );
}
