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
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { languageOf } from '#app/ui/language.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { answerEndorsement } from '../answer-endorsement.ts';
import { EndorsementForm } from '../endorsement-form.tsx';
import { endorsementPage } from '../endorsement-queries.ts';
import { inLanguage } from '../localized.ts';
import { isEditable } from '../save-application.ts';
import type { Route } from './+types/endorsement';

export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const page = await shown(context, () => endorsementPage(platform().db, actor, params.ref));
  return {
    ...page,
    editable: isEditable(page.record.state),
    title: words(context)('exchanges:endorsement.title'),
  };
}

export async function action({ request, context, params }: Route.ActionArgs) {
  const actor = signedIn(context);
  const { locale, now } = state(context);
  const { db } = platform();
  const form = await sentForm(context, request);
  return answer(context, typed(form), async () => {
    const { endorsement } = await endorsementPage(db, actor, params.ref);
    const [decision, said] = [form.get('decision') ?? undefined, form.get('words') ?? ''];
    await answerEndorsement(db, actor, { endorsementId: endorsement.id, decision, words: said, locale }, now);
    return done(`/exchanges/${params.ref}/endorsement`, 'exchanges:endorsement.thanks');
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  pageTitle(loaderData?.title, loaderData?.record.reference),
];

/** A supervisor who can sign in answers an applicant. */
export default function EndorsementRoute({ loaderData, actionData }: Route.ComponentProps) {
  const { t, i18n } = useTranslation('exchanges');
  const language = languageOf(i18n);
  const refused = actionData && 'values' in actionData ? actionData : undefined;
  const { record, applicant, call } = loaderData;
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('title'), href: '/exchanges' }, { label: record.reference }]}
        title={t('endorsement.title')}
        lede={t('endorsement.lede', {
          name: personName(applicant, language),
          call: inLanguage(call.title, language),
        })}
      />
      <ErrorSummary errors={formErrors(refused)} title={refused?.refused?.sentence} />
      <EndorsementForm
        page={loaderData}
        editable={loaderData.editable}
        values={refused?.values ?? {}}
        errorOf={(name) => fieldError(refused, name)}
      />
    </>
  );
}
