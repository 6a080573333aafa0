import type { ReactNode } from 'react';
import { Field } from './field.tsx';
import { TextArea } from './text-area.tsx';
import { useWords } from './words.ts';

interface BilingualFieldProps {
  /** Names of the two inputs become `<name>.en` and `<name>.ru`. */
  name: string;
  label: string;
  value?: { en?: string; ru?: string };
  error?: { en?: string; ru?: string };
  hint?: ReactNode;
  /** Lines of text; one unless told. */
  rows?: number;
  optional?: boolean;
  maxLength?: number;
}

/** One content typed in both languages, side by side; each input says which language it awaits. */
export function BilingualField({
  name,
  label,
  value = {},
  error = {},
  hint,
  rows = 1,
  optional,
  maxLength,
}: BilingualFieldProps) {
  const { t } = useWords();
  const id = `${name}-both`;
  return (
    <fieldset className="bilingual" aria-describedby={hint === undefined ? undefined : id}>
      <legend>{label}</legend>
      {hint !== undefined && (
        <div className="hint" id={id}>
          {hint}
        </div>
      )}
      <div className="two-texts">
        {(['en', 'ru'] as const).map((lang) => {
          const common = {
            name: `${name}.${lang}`,
            label: t(`form.inLanguage.${lang}`),
            value: value[lang],
            error: error[lang],
            lang,
            optional,
            maxLength,
          };
          return rows > 1 ? (
            <TextArea key={lang} {...common} rows={rows} />
          ) : (
            <Field key={lang} {...common} />
          );
        })}
      </div>
    </fieldset>
  );
}
