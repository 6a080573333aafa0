import { useTranslation } from 'react-i18next';
import { fieldError, formErrors } from '#app/platform/form-errors.ts';
import { localTimeOf } from '#app/platform/local-instant.ts';
import { stale } from '#app/platform/outcome.ts';
import { answer, done, sentForm, shown, signedIn, typed, words } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { BilingualField } from '#app/ui/bilingual-field.tsx';
import { Card } from '#app/ui/card.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { Field } from '#app/ui/field.tsx';
import { Flash } from '#app/ui/flash.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { formatWhen } from '#app/ui/format-when.ts';
import { languageOf } from '#app/ui/language.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { instantTyped } from '../calls/call-form.ts';
import { useNamedErrors } from '../calls/call-places.ts';
import { successorPage } from '../calls/call-queries.ts';
import { EXTENDABLE } from '../calls/call-states.ts';
import { extendCall } from '../calls/extend-call.ts';
import type { Route } from './+types/call-extension';

export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const page = await shown(context, async () => {
    const found = await successorPage(platform().db, actor, params.ref);
    if (!EXTENDABLE.includes(found.call.state)) throw stale('exchanges.notExtendable');
    return found;
  });
  const { reference, deadline, deadlineZone, nominateBy, answerBy } = page.call;
  const local = (at: Date) => localTimeOf(at, deadlineZone);
  return {
    reference,
    deadline,
    deadlineZone,
    hash: page.hash,
    pending: page.pending,
    values: { deadline: local(deadline), nominateBy: local(nominateBy), answerBy: local(answerBy) },
    title: words(context)('exchanges:extension.title', { reference }),
  };
}

export async function action({ request, context, params }: Route.ActionArgs) {
  const actor = signedIn(context);
  const form = await sentForm(context, request);
  return answer(context, typed(form), async () => {
    const text = (name: string) => String(form.get(name) ?? '');
    const { db } = platform();
    const { call } = await successorPage(db, actor, params.ref);
    await extendCall(db, actor, {
      reference: params.ref,
      hashShown: text('hash'),
      deadline: instantTyped(text('deadline'), call.deadlineZone),
      nominateBy: instantTyped(text('nominateBy'), call.deadlineZone),
      answerBy: instantTyped(text('answerBy'), call.deadlineZone),
      reason: { en: text('extension.en'), ru: text('extension.ru') },
    });
    return done(`/calls/${params.ref}/signature`, 'exchanges:extension.proposed');
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

/** A coordinator proposes a later deadline, with the reason every applicant will read; both sign it. */
export default function CallExtensionPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t, i18n } = useTranslation('exchanges');
  const language = languageOf(i18n);
  const { reference, deadline, deadlineZone, hash, pending } = loaderData;
  const named = useNamedErrors();
  const refused = actionData && 'values' in actionData ? actionData : undefined;
  const values: Record<string, string> = refused?.values ?? loaderData.values;
  const text = (name: string) => ({ name, value: values[name], error: fieldError(refused, name) });
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('calls.title'), href: '/calls' },
          { label: reference, href: `/calls/${reference}` },
          { label: t('call.extend') },
        ]}
        title={loaderData.title}
        lede={t('extension.lede', {
          when: formatWhen(deadline, language, { lead: deadlineZone === 'Asia/Kolkata' ? 'in' : 'ru' }),
        })}
      />
      <ErrorSummary errors={named(formErrors(refused))} title={refused?.refused?.sentence} />
      {pending && <Flash tone="risk">{t('extension.pending')}</Flash>}
      <Card>
        <PortalForm hidden={{ hash }}>
          <p className="note">{t('extension.zone', { zone: t(`draft.zones.${zoneOf(deadlineZone)}`) })}</p>
          <Field {...text('deadline')} type="datetime-local" width="medium" label={t('extension.deadline')} />
          <Field {...text('nominateBy')} type="datetime-local" width="medium" label={t('draft.nominateBy')} />
          <Field {...text('answerBy')} type="datetime-local" width="medium" label={t('draft.answerBy')} />
          <BilingualField
            name="extension"
            label={t('draft.extension')}
            hint={t('extension.reasonHint')}
            value={{ en: values['extension.en'], ru: values['extension.ru'] }}
            error={{ en: fieldError(refused, 'extension.en'), ru: fieldError(refused, 'extension.ru') }}
            rows={4}
            maxLength={1000}
          />
          <FormActions>
            <SubmitButton>{t('extension.submit')}</SubmitButton>
          </FormActions>
        </PortalForm>
      </Card>
    </>
  );
}

const zoneOf = (zone: string) => (zone === 'Asia/Kolkata' ? zone : 'Europe/Moscow');
