import { useTranslation } from 'react-i18next';
import { personName } from '#app/people/person-name.ts';
import { formErrors } from '#app/platform/form-errors.ts';
import {
  answer,
  done,
  freshlySignedIn,
  shown,
  signedIn,
  state,
  typed,
  words,
} from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { Card } from '#app/ui/card.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { languageOf } from '#app/ui/language.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { type SignatureEntry, SignatureList } from '#app/ui/signature-list.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { CallChanges } from '../calls/call-changes.tsx';
import { columnsOf } from '../calls/call-columns.ts';
import { CallDemands, CallFacts } from '../calls/call-facts.tsx';
import { signaturePage } from '../calls/call-queries.ts';
import { signCall } from '../calls/sign-call.ts';
import { inLanguage } from '../localized.ts';
import { SignedTexts } from '../signed-texts.tsx';
import type { Route } from './+types/signature';

export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { locale } = state(context);
  const { names, ...page } = await shown(context, () => signaturePage(platform().db, actor, params.ref));
  const nameOf = (personId: string) => {
    const found = names.get(personId);
    return found ? personName(found, locale) : undefined;
  };
  return {
    ...page,
    parties: page.parties.map((party) => ({
      ...party,
      name: party.signature ? nameOf(party.signature.personId) : undefined,
    })),
    voided: page.voided.map((one) => ({ ...one, name: nameOf(one.personId) })),
    title: words(context)('exchanges:signature.title'),
  };
}

export async function action({ request, context, params }: Route.ActionArgs) {
  const actor = freshlySignedIn(context);
  const { locale } = state(context);
  const form = await request.formData();
  return answer(context, typed(form), async () => {
    const { complete } = await signCall(platform().db, actor, {
      reference: params.ref,
      hashShown: String(form.get('hash')),
      locale,
    });
    const said = complete ? 'exchanges:signature.published' : 'exchanges:signature.signed';
    return done(`/calls/${params.ref}/signature`, said);
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  pageTitle(loaderData?.title, loaderData?.call.reference),
];

/** The text of a call as both sides sign it, who has signed, and what changed since the version before. */
export default function SignaturePage({ loaderData, actionData }: Route.ComponentProps) {
  const { t, i18n } = useTranslation('exchanges');
  const language = languageOf(i18n);
  const { call, version, content, institutions } = loaderData;
  const refused = actionData && 'values' in actionData ? actionData : undefined;
  const signedCall = columnsOf(content);
  const published = version.id === call.publishedVersionId;
  const lede = published ? 'publishedLede' : call.state === 'published' ? 'successorLede' : 'lede';
  const placeOf = (id: string) => institutions.find((one) => one.id === id) ?? null;
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('calls.title'), href: '/calls' },
          { label: call.reference, href: `/calls/${call.reference}` },
          { label: t('signature.title') },
        ]}
        title={t('signature.title')}
        lede={t(`signature.${lede}`, { number: version.number })}
      />
      <ErrorSummary errors={formErrors(refused)} title={refused?.refused?.sentence} />
      <Card title={t('signature.signatures')} tone={loaderData.maySign ? 'act' : undefined}>
        <SignatureList signatures={signatureEntries()} />
        {loaderData.maySign && (
          <PortalForm hidden={{ hash: version.hash }}>
            <p className="note mt-4">{t('signature.signNote')}</p>
            <FormActions>
              <SubmitButton>{t('signature.sign', { number: version.number })}</SubmitButton>
            </FormActions>
          </PortalForm>
        )}
        <p className="mt-4">
          <a href={`/calls/${call.reference}/edit`}>{t('signature.edit')}</a>
        </p>
      </Card>
      {loaderData.earlier !== null && loaderData.changes.length > 0 && (
        <Card title={t('signature.changes', { number: loaderData.earlier })} id="changes">
          <CallChanges changes={loaderData.changes} />
        </Card>
      )}
      <Card title={t('signature.text')} id="text">
        <SignedTexts content={content} />
      </Card>
      <CallFacts call={signedCall} />
      <CallDemands call={signedCall} />
    </>
  );

  function signatureEntries(): SignatureEntry[] {
    const capacity = t('signature.capacity');
    const standing = loaderData.parties.map(({ institution, signature, name }) => ({
      key: institution?.id ?? 'none',
      name,
      capacity,
      institution: institution ? inLanguage(institution.shortName, language) : '',
      side: institution?.side ?? ('in' as const),
      state: signature ? ('signed' as const) : ('waiting' as const),
      version: version.number,
      at: signature?.signedAt,
    }));
    const voided = loaderData.voided.map((one) => {
      const place = placeOf(one.institutionId);
      return {
        key: one.id,
        name: one.name,
        capacity,
        institution: place ? inLanguage(place.shortName, language) : '',
        side: place?.side ?? ('in' as const),
        state: 'voided' as const,
        version: loaderData.earlier ?? version.number,
        at: one.signedAt,
        note: t('signature.voidedNote'),
      };
    });
    return [...standing, ...voided];
  }
}
