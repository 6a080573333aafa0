import { useTranslation } from 'react-i18next';
import { permits } from '#app/people/access.ts';
import { institutions } from '#app/people/queries.ts';
import { fieldError, formErrors } from '#app/platform/form-errors.ts';
import { forbidden } from '#app/platform/outcome.ts';
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
import { CallFormFields } from '../calls/call-form-fields.tsx';
import { useNamedErrors } from '../calls/call-places.ts';
import { draftCall } from '../calls/draft-call.ts';
import { atFormFields, readCallForm, startingGrades } from '../calls/read-call-form.ts';
import { exchangeRules } from '../policy.ts';
import type { Route } from './+types/call-new';

export async function loader({ context }: Route.LoaderArgs) {
  const actor = signedIn(context);
  return shown(context, async () => {
    if (!permits(exchangeRules['calls.draft'], actor, null)) throw forbidden();
    return {
      institutions: await institutions(platform().db),
      grades: startingGrades(),
      title: words(context)('exchanges:draft.new'),
    };
  });
}

export async function action({ request, context }: Route.ActionArgs) {
  const actor = signedIn(context);
  const form = await sentForm(context, request);
  // Another scale has other grades to describe: the form is shown again with their rows, and nothing is saved.
  if (form.get('intent') === 'scale') return { values: typed(form) };
  const { content, fieldOf } = readCallForm(form);
  return answer(context, typed(form), () =>
    atFormFields(fieldOf, async () => {
      const { reference } = await draftCall(platform().db, actor, { content });
      return done(`/calls/${reference}/signature`, 'exchanges:draft.saved');
    }),
  );
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

/** The form again: refused, or with other rows. */
type Answered = Partial<Refused> & Pick<Refused, 'values'>;

/** A coordinator drafts a call. */
export default function CallNewPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation('exchanges');
  const named = useNamedErrors();
  const refused: Answered | undefined = actionData && 'values' in actionData ? actionData : undefined;
  const start = {
    deadlineZone: 'Europe/Moscow',
    direction: 'in-ru',
    eligible: 'student',
    'ask.plan': 'required',
    'ask.cv': 'required',
    reviewersPerApplication: '2',
    blindReview: 'open',
    'scale.min': '1',
    'scale.max': '5',
    ...loaderData.grades,
  };
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('calls.title'), href: '/calls' }, { label: t('draft.new') }]}
        title={t('draft.new')}
        lede={t('draft.lede')}
      />
      <ErrorSummary errors={named(formErrors(refused))} title={refused?.refused?.sentence} />
      <CallFormFields
        values={refused?.values ?? start}
        errorOf={(name) => fieldError(refused, name)}
        institutions={loaderData.institutions}
      />
    </>
  );
}
