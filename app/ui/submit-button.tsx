import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { classNames } from './class-names.ts';

interface SubmitButtonProps {
  children: ReactNode;
  /** `act` is the page's one action, `quiet` any other, `stop` what cannot be undone. */
  kind?: 'act' | 'quiet' | 'stop';
  /** With several buttons in a form: which was pressed. */
  name?: string;
  value?: string;
  /** Words while the answer is awaited; “Sending…” unless told. */
  pending?: string;
  /** Sends the form elsewhere (for example “save as draft”). */
  formAction?: string;
}

/** Sends its form once: while the answer is awaited it says so and takes no second press. */
export function SubmitButton({
  children,
  kind = 'act',
  name,
  value,
  pending,
  formAction,
}: SubmitButtonProps) {
  const { t } = useTranslation('common');
  return (
    <button
      className={classNames('btn', kind !== 'act' && kind)}
      type="submit"
      name={name}
      value={value}
      formAction={formAction}
      data-pending={pending ?? t('form.pending')}
    >
      {children}
    </button>
  );
}
