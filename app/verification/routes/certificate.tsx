import { useTranslation } from 'react-i18next';
import { permits } from '#app/people/access.ts';
import { fieldError, formErrors } from '#app/platform/form-errors.ts';
import { notFound } from '#app/platform/outcome.ts';
import {
  answer,
  done,
  refusalResponse,
  sentForm,
  signedIn,
  state,
  typed,
} from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { ButtonLink } from '#app/ui/button-link.tsx';
import { Card } from '#app/ui/card.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { Flash } from '#app/ui/flash.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { TextArea } from '#app/ui/text-area.tsx';
import { When } from '#app/ui/when.tsx';
import { CertificateText } from '../certificate-text.tsx';
import { certificateText } from '../certificate-words.ts';
import { readCode, shownCode } from '../code.ts';
import { verificationRules } from '../policy.ts';
import { certificateByCode } from '../queries.ts';
import { revokeCertificate } from '../revoke-certificate.ts';
import type { Route } from './+types/certificate';

export async function loader({ context, params }: Route.LoaderArgs) {
  const { actor } = state(context);
  const code = readCode(params.code);
  const found = code && (await certificateByCode(platform().db, code));
  if (!found) throw refusalResponse(context, notFound());
  const { institutionId, personId, ...shown } = found;
  const mayRevoke =
    actor !== null && permits(verificationRules['certificates.revoke'], actor, { institutionId, personId });
  return {
    ...shown,
    texts: certificateText(found),
    mayRevoke: mayRevoke && found.revokedAt === null,
    title: found.number,
  };
}

export async function action({ request, context, params }: Route.ActionArgs) {
  const actor = signedIn(context);
  const values = typed(await sentForm(context, request));
  return answer(context, values, async () => {
    const code = readCode(params.code);
    if (!code) throw notFound();
    await revokeCertificate(platform().db, actor, { code, reason: values.reason ?? '' }, state(context).now);
    return done(`/verify/${code}`, 'verification:revoke.done');
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  pageTitle(loaderData?.title),
  // A code leads to a person: what nobody was given is found by no search engine.
  { name: 'robots', content: 'noindex' },
];

/** What a certificate says, in both languages, for anyone who has its code; and whether it still stands. */
export default function CertificatePage({ loaderData: page, actionData }: Route.ComponentProps) {
  const { t } = useTranslation('verification');
  const refused = actionData && 'refused' in actionData ? actionData : undefined;
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('check.title'), href: '/verify' }, { label: page.number }]}
        title={t('shown.title', { number: page.number })}
      />
      <ErrorSummary errors={formErrors(refused)} />
      {page.revokedAt ? (
        <Flash tone="stop" title={t('shown.revoked')}>
          {t('shown.revokedAt')} <When at={page.revokedAt} />
        </Flash>
      ) : (
        <Flash tone="ok" title={t('shown.valid')}>
          {t('shown.validText')}
        </Flash>
      )}
      <CertificateText texts={page.texts} revoked={page.revokedAt !== null} />
      <Card title={t('shown.code')}>
        <p>
          <b>{shownCode(page.code)}</b>
        </p>
        <div className="actions">
          <ButtonLink kind="quiet" href={`/verify/${page.code}/certificate.pdf`}>
            {t('shown.pdf')}
          </ButtonLink>
        </div>
      </Card>
      {page.mayRevoke && (
        <Card title={t('revoke.title')} tone="stop" id="revoke">
          <PortalForm>
            <TextArea
              name="reason"
              label={t('revoke.reason')}
              hint={t('revoke.hint')}
              value={refused?.values.reason ?? ''}
              error={fieldError(refused, 'reason')}
              rows={3}
            />
            <div className="actions">
              <SubmitButton kind="stop">{t('revoke.submit')}</SubmitButton>
            </div>
          </PortalForm>
        </Card>
      )}
    </>
  );
}
