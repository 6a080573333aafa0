import { useTranslation } from 'react-i18next';
import { PageHeader } from '#app/ui/page-header.tsx';
import type { FormHead } from './arranged-queries.ts';
import { personPage } from './person-page.ts';

/** The way back and the title of a form about one person of a delegation. */
export function FormHeader({ of, title, lede }: { of: FormHead; title: string; lede?: string }) {
  const { t } = useTranslation('delegations');
  const base = `/delegations/${of.reference}`;
  return (
    <PageHeader
      crumbs={[
        { label: t('list.title'), href: '/delegations' },
        of.board ? { label: of.event, href: base } : { label: of.event },
        { label: of.name, href: personPage(of) },
        { label: title },
      ]}
      title={`${title}: ${of.name}`}
      {...(lede && { lede })}
    />
  );
}
