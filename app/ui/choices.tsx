import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { FieldNotes, type FieldProps, OptionalMark } from './field-frame.tsx';
import type { Option } from './select.tsx';

interface ChoicesProps extends FieldProps {
  options: readonly Option[];
  /** Short answers (a score, yes and no) stand in one line. */
  inline?: boolean;
}

/** One of a few. */
export function Radios({ value, ...props }: ChoicesProps & { value?: string }) {
  return <Choices {...props} type="radio" chosen={value === undefined ? [] : [value]} />;
}

/** Any of a few; sent under one name. */
export function Checkboxes({ values = [], ...props }: ChoicesProps & { values?: readonly string[] }) {
  return <Choices {...props} type="checkbox" chosen={values} />;
}

function Choices(props: ChoicesProps & { type: 'radio' | 'checkbox'; chosen: readonly string[] }) {
  const { name, label, hint, error, optional, options, inline, type, chosen } = props;
  const id = props.id ?? name;
  const described = [hint !== undefined && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <fieldset className={error ? 'field invalid' : 'field'} aria-describedby={described || undefined}>
      <legend>
        {label}
        <OptionalMark optional={optional} />
      </legend>
      <FieldNotes id={id} hint={hint} error={error} />
      <div className={classNames('choices', inline && 'choices-inline')}>
        {options.map((option, index) => (
          <Choice
            key={option.value}
            id={index === 0 ? id : `${id}-${option.value}`}
            name={name}
            type={type}
            option={option}
            checked={chosen.includes(option.value)}
            required={type === 'radio' && !optional}
            invalid={Boolean(error)}
          />
        ))}
      </div>
    </fieldset>
  );
}

interface ChoiceProps {
  id: string;
  name: string;
  type: 'radio' | 'checkbox';
  option: Omit<Option, 'label'> & { label: ReactNode };
  checked: boolean;
  required: boolean;
  invalid: boolean;
}

function Choice({ id, name, type, option, checked, required, invalid }: ChoiceProps) {
  return (
    <div className="choice">
      <input
        id={id}
        name={name}
        type={type}
        value={option.value}
        defaultChecked={checked}
        disabled={option.disabled}
        required={required}
        aria-invalid={invalid && type === 'checkbox' ? true : undefined}
        aria-describedby={option.hint ? `${id}-note` : undefined}
      />
      <label htmlFor={id}>{option.label}</label>
      {option.hint && (
        <div className="hint" id={`${id}-note`}>
          {option.hint}
        </div>
      )}
    </div>
  );
}

/** One statement to agree with: consent, “I have read”. Never ticked beforehand unless the person ticked it. */
export function Checkbox(
  props: Omit<FieldProps, 'label'> & { label: ReactNode; checked?: boolean; value?: string },
) {
  const { name, label, error, hint, optional, checked = false, value = 'on' } = props;
  const id = props.id ?? name;
  const described = [hint !== undefined && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div className={error ? 'field invalid' : 'field'}>
      <FieldNotes id={id} error={error} />
      <div className="choice">
        <input
          id={id}
          name={name}
          type="checkbox"
          value={value}
          defaultChecked={checked}
          required={!optional}
          aria-invalid={error ? true : undefined}
          aria-describedby={described || undefined}
        />
        <label htmlFor={id}>{label}</label>
      </div>
      {hint !== undefined && (
        <div className="hint" id={`${id}-hint`}>
          {hint}
        </div>
      )}
    </div>
  );
}
