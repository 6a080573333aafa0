import { useTranslation } from 'react-i18next';
import { fieldError } from '#app/platform/form-errors.ts';
import type { Refused } from '#app/platform/request.server.ts';
import { ButtonLink } from '#app/ui/button-link.tsx';
import { Field } from '#app/ui/field.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { QrCode } from './qr-code.tsx';

interface StepProps {
  refused?: Refused;
}

/** Switched off: what it is, and the password before the secret is shown. */
export function SetUp({ refused }: StepProps) {
  const { t } = useTranslation(['account', 'common']);
  return (
    <>
      <p>{t('twoFactor.what')}</p>
      <PasswordForm id="password" intent="start" submit={t('twoFactor.start')} refused={refused} />
    </>
  );
}

/** The secret as a picture and as letters, and the first code made from it. */
export function Enrolling({ uri, refused }: StepProps & { uri: string }) {
  const { t } = useTranslation(['account', 'common']);
  const key = new URL(uri).searchParams.get('secret') ?? '';
  return (
    <>
      <ol className="prose list-decimal pl-6">
        <li>{t('twoFactor.step.app')}</li>
        <li>{t('twoFactor.step.scan')}</li>
        <li>{t('twoFactor.step.code')}</li>
      </ol>
      <QrCode text={uri} label={t('twoFactor.qr')} />
      <p className="mb-4">
        {t('twoFactor.key')} <code data-key="">{key.replace(/(.{4})(?=.)/g, '$1 ')}</code>
      </p>
      <PortalForm hidden={{ intent: 'verify', uri }}>
        <Field
          name="code"
          label={t('twoFactor.code')}
          error={fieldError(refused, 'code')}
          autoComplete="one-time-code"
          inputMode="numeric"
          width="short"
          maxLength={7}
          spellCheck={false}
        />
        <FormActions>
          <SubmitButton>{t('twoFactor.verify')}</SubmitButton>
        </FormActions>
      </PortalForm>
    </>
  );
}

/** Shown once: each opens the door once when the phone is not at hand. */
export function BackupCodes({ codes }: { codes: string[] }) {
  const { t } = useTranslation(['account', 'common']);
  return (
    <>
      <h2>{t('backup.title')}</h2>
      <p>{t('backup.what')}</p>
      <ul className="grid max-w-96 grid-cols-2 gap-2" data-codes="">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <FormActions>
        <ButtonLink href="/account">{t('backup.kept')}</ButtonLink>
      </FormActions>
    </>
  );
}

/** Switched on: new backup codes, or off again; each asks for the password. */
export function SwitchedOn({ refused }: StepProps) {
  const { t } = useTranslation(['account', 'common']);
  return (
    <>
      <p>{t('twoFactor.isOn')}</p>
      <h2>{t('backup.renewTitle')}</h2>
      <p className="note">{t('backup.renewWhat')}</p>
      <PasswordForm id="password" intent="renew" submit={t('backup.renew')} refused={refused} />
      <h2>{t('twoFactor.offTitle')}</h2>
      <p className="note">{t('twoFactor.offWhat')}</p>
      <PasswordForm
        id="password-off"
        intent="disable"
        submit={t('twoFactor.switchOff')}
        refused={refused}
        stop
      />
    </>
  );
}

function PasswordForm(props: StepProps & { id: string; intent: string; submit: string; stop?: boolean }) {
  const { t } = useTranslation(['account', 'common']);
  const { id, intent, submit, stop, refused } = props;
  return (
    <PortalForm hidden={{ intent }}>
      <Field
        name="password"
        id={id}
        type="password"
        label={t('field.password')}
        error={refused?.values.intent === intent ? fieldError(refused, 'password') : undefined}
        autoComplete="current-password"
      />
      <FormActions>
        <SubmitButton kind={stop ? 'stop' : 'act'}>{submit}</SubmitButton>
      </FormActions>
    </PortalForm>
  );
}
