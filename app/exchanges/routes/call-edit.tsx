import { useTranslation } from 'react-i18next';
import { fieldError, formErrors } from '#app/platform/form-errors.ts';
import { stale } from '#app/platform/outcome.ts';
import {
  answer,
  done,
  type Refused,
  sentForm,
  shown,
  signedIn,
  typed,
  words,
} from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { callFormValues } from '../calls/call-form.ts';
import { CallFormFields } from '../calls/call-form-fields.tsx';
import { useNamedErrors } from '../calls/call-places.ts';
import { signaturePage } from '../calls/call-queries.ts';
import { EDITABLE } from '../calls/call-states.ts';
import { atFormFields, readCallForm } from '../calls/read-call-form.ts';
import { reviseCall } from '../calls/revise-call.ts';
import type { Route } from './+types/call-edit';

export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const page = await shown(context, async () => {
    const found = await signaturePage(platform().db, actor, params.ref);
    if (!EDITABLE.includes(found.call.state)) throw stale('exchanges.callNotEditable');
    return found;
  });
  return {
    deadlineFixed: page.call.state === 'published',
    values: callFormValues(page.content),
    hash: page.version.hash,
    institutions: page.institutions,
    reference: page.call.reference,
    title: words(context)('exchanges:draft.edit', { reference: page.call.reference }),
  };
}

export async function action({ request, context, params }: Route.ActionArgs) {
  const actor = signedIn(context);
  const form = await sentForm(context, request);
  // Another scale has other grades to describe: the form is shown again with their rows, and nothing is saved.
  if (form.get('intent') === 'scale') return { values: typed(form) };
  return answer(context, typed(form), async () => {
    const { db } = platform();
    const { content: before } = await signaturePage(db, actor, params.ref);
    const { content, fieldOf } = readCallForm(form, before);
    return atFormFields(fieldOf, async () => {
      const hashShown = String(form.get('hash'));
      await reviseCall(db, actor, { reference: params.ref, hashShown, content });
      return done(`/calls/${params.ref}/signature`, 'exchanges:draft.saved');
    });
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

/** The form again: refused, or with other rows. */
type Answered = Partial<Refused> & Pick<Refused, 'values'>;

/** A coordinator changes a call: a new version, which both sign anew. */
export default function CallEditPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation('exchanges');
  const { reference, hash, institutions } = loaderData;
  const named = useNamedErrors();
  const refused: Answered | undefined = actionData && 'values' in actionData ? actionData : undefined;
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('calls.title'), href: '/calls' },
          { label: reference, href: `/calls/${reference}` },
          { label: t('call.edit') },
        ]}
        title={t('draft.edit', { reference })}
        lede={t('draft.editLede')}
      />
      <ErrorSummary errors={named(formErrors(refused))} title={refused?.refused?.sentence} />
      <CallFormFields
        values={refused?.values ?? loaderData.values}
        errorOf={(name) => fieldError(refused, name)}
        institutions={institutions}
        hash={hash}
        deadlineFixed={loaderData.deadlineFixed}
      />
    </>
  );
}
