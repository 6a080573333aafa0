import { describe, FieldFrame, type FieldProps } from './field-frame.tsx';
import { formatSize } from './format-size.ts';
import { useWords } from './words.ts';

interface FileInputProps extends FieldProps {
  /** Kinds of file: “.pdf,image/jpeg”. */
  accept?: string;
  /** More is refused here before it is sent, and by the server in any case. */
  maxBytes: number;
  multiple?: boolean;
}

/** A file to send. The form needs `encType="multipart/form-data"`. Says the largest size where no hint is given. */
export function FileInput(props: FileInputProps) {
  const { t, language } = useWords();
  const size = formatSize(props.maxBytes, language);
  const field = { ...props, hint: props.hint ?? t('form.fileLimit', { size }) };
  return (
    <FieldFrame field={field}>
      <input
        {...describe(field)}
        type="file"
        className="input file"
        accept={props.accept}
        multiple={props.multiple}
        data-max-bytes={props.maxBytes}
        data-too-large={t('form.fileTooLarge', { size })}
      />
    </FieldFrame>
  );
}
