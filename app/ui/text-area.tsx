import { describe, FieldFrame, type FieldProps } from './field-frame.tsx';

interface TextAreaProps extends FieldProps {
  value?: string;
  rows?: number;
  maxLength?: number;
}

/** Several lines of input; grows with what is typed where the browser can. */
export function TextArea(props: TextAreaProps) {
  return (
    <FieldFrame field={props}>
      <textarea
        {...describe(props)}
        className="input"
        rows={props.rows ?? 5}
        maxLength={props.maxLength}
        defaultValue={props.value}
      />
    </FieldFrame>
  );
}
