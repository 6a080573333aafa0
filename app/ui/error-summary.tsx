import { useWords } from './words.ts';

export interface FormError {
  /** Id of the field (its name unless it was given another); absent for an error of the whole form. */
  field?: string;
  message: string;
  /** The field's own label, so that “fill in this field” says which. */
  label?: string;
}

/** What is to be mended, above the form, each line leading to its field. Nothing when there is no error. */
export function ErrorSummary({
  errors,
  title,
  id = 'errors',
}: {
  errors: FormError[];
  title?: string;
  id?: string;
}) {
  const { t } = useWords();
  if (errors.length === 0) return null;
  return (
    <div className="error-summary" role="alert" tabIndex={-1} id={id}>
      <h2>{title ?? t('form.errorSummary', { count: errors.length })}</h2>
      <ul>
        {errors.map((error) => (
          <li key={`${error.field} ${error.message}`}>
            {error.field ? <a href={`#${error.field}`}>{sentenceOf(error)}</a> : error.message}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** “Work plan: fill in this field.” An abbreviation at the beginning keeps its capitals. */
function sentenceOf({ label, message }: FormError): string {
  if (!label) return message;
  const abbreviated = /^\p{Lu}{2}/u.test(message);
  return `${label}: ${abbreviated ? message : message.charAt(0).toLowerCase() + message.slice(1)}`;
}
