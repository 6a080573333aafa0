import type { ReactNode } from 'react';
import type { Language } from './language.ts';
import { useWords } from './words.ts';

/** What every field has. */
export interface FieldProps {
  name: string;
  label: string;
  /** Id, where the name is not unique on the page; the error summary links to it. */
  id?: string;
  hint?: ReactNode;
  /** In the reader's language; several are joined by the page. */
  error?: string;
  /** Says “optional” beside the label; every other field is required. */
  optional?: boolean;
  /** Language of what is typed, where it is not the page's. */
  lang?: Language;
}

/** The attributes that tie a control to its label, hint and error. */
export function describe({ name, id = name, hint, error, optional, lang }: FieldProps) {
  const described = [hint !== undefined && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return {
    id,
    name,
    lang,
    required: !optional,
    'aria-describedby': described || undefined,
    'aria-invalid': error ? (true as const) : undefined,
  };
}

/** Hint and error of a field, with the ids that `describe` points to. */
export function FieldNotes({ id, hint, error }: { id: string; hint?: ReactNode; error?: string }) {
  const { t } = useWords();
  return (
    <>
      {hint !== undefined && (
        <div className="hint" id={`${id}-hint`}>
          {hint}
        </div>
      )}
      {error && (
        <p className="field-error" id={`${id}-error`}>
          <span aria-hidden="true">✕ </span>
          <span className="sr-only">{t('form.error')} </span>
          {error}
        </p>
      )}
    </>
  );
}

/** “(optional)” after the label of a field that may stay empty. */
export function OptionalMark({ optional }: { optional?: boolean }) {
  const { t } = useWords();
  return optional ? <span className="note"> {t('form.optional')}</span> : null;
}

/** Label, hint, error and control of one field, in the order they are read. */
export function FieldFrame({ field, children }: { field: FieldProps; children: ReactNode }) {
  const id = field.id ?? field.name;
  return (
    <div className={field.error ? 'field invalid' : 'field'}>
      <label htmlFor={id}>
        {field.label}
        <OptionalMark optional={field.optional} />
      </label>
      <FieldNotes id={id} hint={field.hint} error={field.error} />
      {children}
    </div>
  );
}
