import { useTranslation } from 'react-i18next';
import { Card } from '#app/ui/card.tsx';
import { Facts } from '#app/ui/facts.tsx';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import type { Board } from './routes/delegation.tsx';

/** What stands under a board: the facts, the papers that come out of it, and the steps of those who send. */
export function DelegationAside({ board }: { board: Board }) {
  const { t } = useTranslation('delegations');
  const { reference, may, revision, event } = board;
  return (
    <>
      <Card title={t('board.papers')}>
        <ul className="plain-list">
          <li>
            <a href={`/delegations/${reference}/rooms`}>{t('board.rooms')}</a>
          </li>
          {may.roomingList && (
            <li>
              <a href={`/delegations/${reference}/papers/rooming.xlsx`}>{t('board.rooming')}</a>
            </li>
          )}
          {may.visaList && (
            <li>
              <a href={`/delegations/${reference}/visa-support`}>{t('board.visa')}</a>
            </li>
          )}
        </ul>
        <p className="note">{t('board.visaNote')}</p>
      </Card>
      <Card title={t('board.facts')}>
        <Facts
          facts={[
            { term: t('board.event'), value: <a href={`/events/${event.reference}`}>{event.title}</a> },
            { term: t('board.home'), value: board.home },
            { term: t('board.host'), value: board.host },
            { term: t('board.hotel'), value: board.hotel || '—' },
            { term: t('board.state'), value: t(`state.${board.state}`) },
          ]}
        />
        {may.share && (
          <PortalForm hidden={{ version: revision, intent: 'share' }}>
            <p className="note">{t('board.shareHint')}</p>
            <SubmitButton>{t('board.share')}</SubmitButton>
          </PortalForm>
        )}
        {may.close && (
          <PortalForm hidden={{ version: revision, intent: 'close' }}>
            <p className="note">{t('board.closeHint')}</p>
            <SubmitButton kind="quiet">{t('board.close')}</SubmitButton>
          </PortalForm>
        )}
      </Card>
    </>
  );
}
