import { useTranslation } from 'react-i18next';
import { personName } from '#app/people/person-name.ts';
import { formErrors } from '#app/platform/form-errors.ts';
import {
  answer,
  done,
  freshlySignedIn,
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
import { Flash } from '#app/ui/flash.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { formatDeadline } from '#app/ui/format-when.ts';
import { languageOf } from '#app/ui/language.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { type SignatureEntry, SignatureList } from '#app/ui/signature-list.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { CallActs } from '../calls/call-acts.tsx';
import { CallChanges } from '../calls/call-changes.tsx';
import { columnsOf } from '../calls/call-columns.ts';
import { CallDemands, CallFacts } from '../calls/call-facts.tsx';
import { signaturePage } from '../calls/call-queries.ts';
import { signCall } from '../calls/sign-call.ts';
import { SignedTexts } from '../calls/signed-texts.tsx';
import { inLanguage } from '../localized.ts';
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
  const form = await sentForm(context, request);
  return answer(context, typed(form), async () => {
    const { complete, step } = await signCall(platform().db, actor, {
      reference: params.ref,
      hashShown: String(form.get('hash')),
      locale,
    });
    return done(`/calls/${params.ref}/signature`, `exchanges:signature.${complete ? step : 'signed'}`);
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  pageTitle(loaderData?.title, loaderData?.call.reference),
];

/** The text of a call as both sides sign it, who has signed, and what changed since the version before. */
export default function SignaturePage({ loaderData, actionData }: Route.ComponentProps) {
  const { t, i18n } = useTranslation('exchanges');
  const language = languageOf(i18n);
  const { call, version, content, institutions, makes } = loaderData;
  const lead = content.deadlineZone === 'Asia/Kolkata' ? 'in' : 'ru';
  const refused = actionData && 'values' in actionData ? actionData : undefined;
  const signedCall = columnsOf(content);
  const published = version.id === call.publishedVersionId;
  const lede = published ? 'publishedLede' : call.publishedVersionId ? 'successorLede' : 'lede';
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
      {!published && (makes === 'extend' || makes === 'cancel') && (
        <Flash tone={makes === 'cancel' ? 'stop' : 'risk'} title={t(`signature.proposed.${makes}`)}>
          {t(`signature.proposedText.${makes}`, {
            when: formatDeadline(content.deadline, language, { lead }),
          })}
        </Flash>
      )}
      {loaderData.tooLate && (
        <Flash tone="stop" title={t('signature.tooLate')}>
          {t('signature.tooLateText')}
        </Flash>
      )}
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
        <CallActs call={call} />
      </Card>
      {loaderData.earlier !== null && loaderData.changes.length > 0 && (
        <Card title={t('signature.changes', { number: loaderData.earlier })} id="changes">
          <CallChanges
            changes={loaderData.changes}
            texts={loaderData.before ? [content, loaderData.before] : [content]}
            institutions={institutions}
          />
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
        version: loaderData.prior ?? version.number,
        at: one.signedAt,
        note: t('signature.voidedNote'),
      };
    });
    return [...standing, ...voided];
  }
}
