import { classNames } from './class-names.ts';
import { describe, FieldFrame, type FieldProps } from './field-frame.tsx';
import { useWords } from './words.ts';

export interface Option {
  value: string;
  label: string;
  /** One line under a radio or a checkbox. */
  hint?: string;
  disabled?: boolean;
}

interface SelectProps extends FieldProps {
  options: readonly Option[];
  value?: string;
  /** First, empty line; “Choose” unless told, none when false. */
  empty?: string | false;
  width?: 'short' | 'medium' | 'full';
}

/** One of many; for up to five use `Radios`. */
export function Select(props: SelectProps) {
  const { t } = useWords();
  const { options, value, empty = t('form.choose'), width = 'full' } = props;
  return (
    <FieldFrame field={props}>
      <select {...describe(props)} className={classNames('input', width)} defaultValue={value ?? ''}>
        {empty !== false && <option value="">{empty}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
    </FieldFrame>
  );
}
