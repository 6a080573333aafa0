import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '#app/ui/card.tsx';
import { Columns } from '#app/ui/columns.tsx';
import { ErrorSummary, type FormError } from '#app/ui/error-summary.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';

interface DoorPageProps {
  title: string;
  lede?: ReactNode;
  errors?: FormError[];
  /** What else one may want here: another door, help. */
  aside?: ReactNode;
  children: ReactNode;
}

/** A page of the door: one form, and beside it where else to go. */
export function DoorPage({ title, lede, errors = [], aside, children }: DoorPageProps) {
  const { t } = useTranslation(['account', 'common']);
  const main = <Card>{children}</Card>;
  return (
    <>
      <title>{`${title} · ${t('common:product')}`}</title>
      <PageHeader title={title} lede={lede} />
      <ErrorSummary errors={errors} />
      {aside ? (
        <Columns aside={<Card>{aside}</Card>} asideLabel={t('door.other')}>
          {main}
        </Columns>
      ) : (
        main
      )}
    </>
  );
}
