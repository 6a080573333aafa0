import { useTranslation } from 'react-i18next';
import { Chip } from '#app/ui/chip.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { When } from '#app/ui/when.tsx';

interface SessionTableProps {
  sessions: {
    id: string;
    createdAt: Date;
    address: string | null;
    device: string | null;
    current: boolean;
  }[];
}

/** Where one is signed in, each of which can be ended. */
export function SessionTable({ sessions }: SessionTableProps) {
  const { t } = useTranslation(['account', 'common']);
  return (
    <>
      <DataTable
        caption={t('account.sessions')}
        rows={sessions}
        rowKey={(row) => row.id}
        columns={[
          { key: 'device', head: t('sessions.device'), cell: (row) => row.device ?? t('sessions.unknown') },
          { key: 'address', head: t('sessions.address'), cell: (row) => row.address ?? '—' },
          { key: 'since', head: t('sessions.since'), cell: (row) => <When at={row.createdAt} year /> },
          {
            key: 'end',
            head: t('sessions.end'),
            cell: (row) =>
              row.current ? (
                <Chip tone="ok">{t('sessions.current')}</Chip>
              ) : (
                <PortalForm hidden={{ intent: 'revoke', session: row.id }}>
                  <SubmitButton kind="quiet">{t('sessions.revoke')}</SubmitButton>
                </PortalForm>
              ),
          },
        ]}
      />
      {sessions.length > 1 && (
        <PortalForm hidden={{ intent: 'revoke-others' }}>
          <FormActions>
            <SubmitButton kind="quiet">{t('sessions.revokeOthers')}</SubmitButton>
          </FormActions>
        </PortalForm>
      )}
    </>
  );
}
