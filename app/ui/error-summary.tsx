import { useWords } from './words.ts';

export interface FormError {
  /** Id of the field (its name unless it was given another); absent for an error of the whole form. */
  field?: string;
  message: string;
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
            {error.field ? <a href={`#${error.field}`}>{error.message}</a> : error.message}
          </li>
        ))}
      </ul>
    </div>
  );
}
