import type { HTMLInputAutoCompleteAttribute } from 'react';
import { classNames } from './class-names.ts';
import { describe, FieldFrame, type FieldProps } from './field-frame.tsx';

interface InputFieldProps extends FieldProps {
  type?:
    | 'text'
    | 'email'
    | 'password'
    | 'tel'
    | 'url'
    | 'number'
    | 'date'
    | 'time'
    | 'datetime-local'
    | 'search';
  /** What was typed: always given back after a refusal. */
  value?: string | number;
  autoComplete?: HTMLInputAutoCompleteAttribute;
  inputMode?: 'text' | 'numeric' | 'decimal' | 'tel' | 'email' | 'url' | 'search';
  /** As wide as the answer is long. */
  width?: 'short' | 'medium' | 'full';
  min?: string | number;
  max?: string | number;
  step?: string | number;
  maxLength?: number;
  /** Passport numbers, codes, names in the other script: not to be corrected. */
  spellCheck?: boolean;
  readOnly?: boolean;
}

/** One line of input: text, mail address, number, date (the browser's own), password. */
export function Field(props: InputFieldProps) {
  const {
    type = 'text',
    value,
    autoComplete,
    inputMode,
    width = type === 'date' || type === 'time' ? 'short' : 'full',
  } = props;
  return (
    <FieldFrame field={props}>
      <input
        {...describe(props)}
        type={type}
        className={classNames('input', width)}
        defaultValue={value}
        autoComplete={autoComplete}
        inputMode={inputMode}
        min={props.min}
        max={props.max}
        step={props.step}
        maxLength={props.maxLength}
        spellCheck={props.spellCheck}
        readOnly={props.readOnly}
      />
    </FieldFrame>
  );
}
