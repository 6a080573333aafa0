import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formErrors } from '#app/platform/form-errors.ts';
import type { Refused } from '#app/platform/request.server.ts';
import { ButtonLink } from '#app/ui/button-link.tsx';
import { Card } from '#app/ui/card.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { TypedLine } from '#app/ui/typed-line.tsx';
import { Deadline } from '#app/ui/when.tsx';

interface DecisionPageProps {
  reference: string;
  title: string;
  /** Whose application it is; absent on the applicant's own. */
  name?: string;
  /** What it is about, as the applicant typed it. */
  subject: string;
  /** For whom the reader decides. */
  who?: string;
  due?: Date | null;
  /** What else is to be known before deciding: the last day, where it is no instant. */
  note?: ReactNode;
  /** What is decided about, above the form. */
  before?: ReactNode;
  answer: Partial<Refused> | undefined;
  /** The step has been taken already. A form that was sent meanwhile still shows what was typed. */
  over: boolean;
  children: ReactNode;
}

/** One act on an application, on a page of its own: what it is about, until when, the form. */
export function DecisionPage({
  reference,
  title,
  name,
  subject,
  who,
  due,
  note,
  before,
  answer,
  over,
  children,
}: DecisionPageProps) {
  const { t } = useTranslation('exchanges');
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('title'), href: '/exchanges' },
          { label: reference, href: `/exchanges/${reference}` },
          { label: title },
        ]}
        title={title}
        lede={
          <>
            {name && `${name}: `}
            <TypedLine text={subject} />
          </>
        }
      />
      <ErrorSummary errors={formErrors(answer)} title={answer?.refused?.sentence} />
      {over && (
        <Card title={t('decided.title')} tone="risk">
          <p>{t('decided.text')}</p>
          <ButtonLink href={`/exchanges/${reference}`} kind="quiet">
            {t('decided.open')}
          </ButtonLink>
        </Card>
      )}
      {before}
      {(!over || answer) && (
        <Card>
          {who && <p>{who}</p>}
          {note && <p className="note">{note}</p>}
          {due && (
            <p className="turn-until">
              <b>
                <Deadline at={due} />
              </b>
            </p>
          )}
          <div className="mt-4">{children}</div>
        </Card>
      )}
    </>
  );
}
