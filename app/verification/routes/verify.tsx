import { useTranslation } from 'react-i18next';
import { redirect } from 'react-router';
import { state, words } from '#app/platform/request.server.ts';
import { Card } from '#app/ui/card.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { Field } from '#app/ui/field.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { readCode } from '../code.ts';
import type { Route } from './+types/verify';

export function loader({ context }: Route.LoaderArgs) {
  const { url } = state(context);
  const typed = url.searchParams.get('code');
  const code = typed === null ? null : readCode(typed);
  if (code) throw redirect(`/verify/${code}`, 303);
  const t = words(context);
  return {
    typed: typed ?? '',
    error: typed === null ? null : t('verification:check.notACode'),
    title: t('verification:check.title'),
  };
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

/** Anyone types the code off a certificate. */
export default function Verify({ loaderData }: Route.ComponentProps) {
  const { t } = useTranslation('verification');
  const { typed, error, title } = loaderData;
  return (
    <>
      <PageHeader title={title} lede={t('check.lede')} />
      <ErrorSummary errors={error ? [{ field: 'code', message: error }] : []} />
      <Card>
        <PortalForm method="get">
          <Field
            name="code"
            label={t('check.code')}
            hint={t('check.hint')}
            value={typed}
            error={error ?? undefined}
            autoComplete="off"
            spellCheck={false}
            width="medium"
          />
          <FormActions>
            <SubmitButton>{t('check.submit')}</SubmitButton>
          </FormActions>
        </PortalForm>
      </Card>
    </>
  );
}
