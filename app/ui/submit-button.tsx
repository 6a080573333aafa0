import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { useWords } from './words.ts';

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
  /** `get` where the button only looks: the choices go into the address, and nothing is changed. */
  formMethod?: 'get';
}

/** Sends its form once: while the answer is awaited it says so and takes no second press. */
export function SubmitButton({
  children,
  kind = 'act',
  name,
  value,
  pending,
  formAction,
  formMethod,
}: SubmitButtonProps) {
  const { t } = useWords();
  return (
    <button
      className={classNames('btn', kind !== 'act' && kind)}
      type="submit"
      name={name}
      value={value}
      formAction={formAction}
      formMethod={formMethod}
      data-pending={pending ?? t('form.pending')}
    >
      {children}
    </button>
  );
}
