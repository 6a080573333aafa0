import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formErrors } from '#app/platform/form-errors.ts';
import type { Refused } from '#app/platform/request.server.ts';
import { Card } from '#app/ui/card.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';

interface FormCardProps {
  refused: Refused | undefined;
  labels: Record<string, string>;
  /** The revision of what the form was made from, where it has one. */
  version?: string;
  /** What its button says; “Save” unless told. */
  submit?: string;
  /** `stop` for what cannot be undone. */
  kind?: 'stop';
  /** Where the reader goes who changes nothing. */
  back: string;
  children: ReactNode;
}

/** A form of a delegation: what is wrong with it, its fields, its button and the way back. */
export function FormCard({ refused, labels, version, submit, kind, back, children }: FormCardProps) {
  const { t } = useTranslation('common');
  return (
    <>
      <ErrorSummary errors={formErrors(refused, labels)} />
      <Card>
        <PortalForm hidden={{ version }}>
          {children}
          <FormActions>
            <SubmitButton {...(kind && { kind })}>{submit ?? t('button.save')}</SubmitButton>
            <a className="btn quiet" href={back}>
              {t('button.cancel')}
            </a>
          </FormActions>
        </PortalForm>
      </Card>
    </>
  );
}
