import { useTranslation } from 'react-i18next';
import { fieldError, formErrors } from '#app/platform/form-errors.ts';
import type { Refused } from '#app/platform/request.server.ts';
import { Field } from '#app/ui/field.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { DoorPage } from './door-page.tsx';

interface MailLinkPageProps {
  title: string;
  lede: string;
  /** The button. */
  submit: string;
  /** What the page says once the mail is on its way. */
  sent: string | null;
  action: string;
  answer: Partial<Refused> | undefined;
}

/** Asks for the address a link is mailed to, and says that it was. */
export function MailLinkPage({ title, lede, submit, sent, action, answer }: MailLinkPageProps) {
  const { t } = useTranslation(['account', 'common']);
  if (sent !== null && !answer) {
    return (
      <DoorPage title={t('mailed.title')} aside={<a href={action}>{t('mailed.again')}</a>}>
        <p>{sent}</p>
        <p className="note">{t('mailed.hint')}</p>
      </DoorPage>
    );
  }
  return (
    <DoorPage
      title={title}
      lede={lede}
      errors={formErrors(answer, { email: t('field.email') })}
      aside={<a href="/sign-in">{t('signIn.submit')}</a>}
    >
      <PortalForm action={action}>
        <Field
          name="email"
          type="email"
          label={t('field.email')}
          value={answer?.values?.email}
          error={fieldError(answer, 'email')}
          autoComplete="username"
          spellCheck={false}
        />
        <FormActions>
          <SubmitButton>{submit}</SubmitButton>
        </FormActions>
      </PortalForm>
    </DoorPage>
  );
}
