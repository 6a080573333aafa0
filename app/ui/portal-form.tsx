import type { ReactNode } from 'react';

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
  label?: string;
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
  label,
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
      className={inline ? 'form form-inline' : 'form'}
      data-portal=""
    >
      {Object.entries(hidden).map(([name, value]) =>
        value === undefined ? null : <input key={name} type="hidden" name={name} value={value} />,
      )}
      {children}
    </form>
  );
}
