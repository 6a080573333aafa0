import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

interface PortalFormProps {
  /** Where it is sent; the page itself unless told. */
  action?: string;
  method?: 'post' | 'get';
  /** Values that travel unseen: the version the form was made from, the intent. */
  hidden?: Record<string, string | number | undefined>;
  /** `multipart/form-data` where there is a file. */
  encType?: 'multipart/form-data';
  id?: string;
  /** A row of fields and a button: filters over a list. */
  inline?: boolean;
  /** As wide as the page: a form around tables. */
  wide?: boolean;
  label?: string;
  /** Where the script saves what is being typed, after a pause; says so in the form's `<output>`. */
  autosave?: string;
  /** The script shows how far the files have come. */
  upload?: boolean;
  children: ReactNode;
}

/** A form of the portal: works without script; checks are the server's, so that every message is in the reader's language. */
export function PortalForm({
  action,
  method = 'post',
  hidden = {},
  encType,
  id,
  inline,
  wide,
  label,
  autosave,
  upload,
  children,
}: PortalFormProps) {
  return (
    <form
      action={action}
      method={method}
      encType={encType}
      id={id}
      noValidate
      aria-label={label}
      className={classNames('form', inline && 'form-inline', wide && 'form-wide')}
      data-portal=""
      data-autosave={autosave}
      data-upload={upload ? '1' : undefined}
    >
      {Object.entries(hidden).map(([name, value]) =>
        value === undefined ? null : <input key={name} type="hidden" name={name} value={value} />,
      )}
      {children}
    </form>
  );
}
