import { useTranslation } from 'react-i18next';
import { ButtonLink } from '#app/ui/button-link.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';

/** In place of a form whose step cannot be taken now: says so, and leads to the record. */
export function ClosedStep({ address }: { address: string }) {
  const { t } = useTranslation('supervision');
  return (
    <EmptyState title={t('closed.title')} action={<ButtonLink href={address}>{t('act.open')}</ButtonLink>}>
      {t('closed.text')}
    </EmptyState>
  );
}
