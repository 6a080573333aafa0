import { Card } from './card.tsx';
import { ErrorSummary, type FormError } from './error-summary.tsx';
import { FileInput } from './file-input.tsx';
import { FormActions } from './form-actions.tsx';
import { PageHeader } from './page-header.tsx';
import { PortalForm } from './portal-form.tsx';
import { SubmitButton } from './submit-button.tsx';
import { useWords } from './words.ts';

interface ImportUploadProps {
  title: string;
  crumbs: { label: string; href: string }[];
  lede: string;
  /** Forms of a file that are understood, and the columns it needs. */
  hint?: string;
  maxBytes: number;
  errors: FormError[];
  /** What is wrong with the file that was sent. */
  error?: string;
}

/** Choosing a table; nothing is imported before its preview was seen. */
export function ImportUpload({ title, crumbs, lede, hint, maxBytes, errors, error }: ImportUploadProps) {
  const { t } = useWords();
  return (
    <>
      <PageHeader crumbs={[...crumbs, { label: title }]} title={title} lede={lede} />
      <ErrorSummary errors={errors} />
      <Card>
        <PortalForm encType="multipart/form-data">
          <FileInput
            name="file"
            label={t('import.file')}
            hint={hint}
            accept=".csv,text/csv"
            maxBytes={maxBytes}
            error={error}
          />
          <FormActions>
            <SubmitButton>{t('import.preview')}</SubmitButton>
          </FormActions>
        </PortalForm>
      </Card>
    </>
  );
}
