import { useTranslation } from 'react-i18next';
import { Card } from '#app/ui/card.tsx';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { DateOn } from '#app/ui/when.tsx';
import type { TravelFile } from './routes/person.tsx';

type Shown = TravelFile['shares'][number];

/** Who was asked to share a room with whom, what each has said, and the reader's own answer. */
export function TripShares({
  file,
}: {
  file: Pick<TravelFile, 'shares' | 'own' | 'may' | 'reference' | 'id'>;
}) {
  const { t } = useTranslation('delegations');
  const { shares, own, may, reference, id } = file;
  if (shares.length === 0 && !may.share) return null;
  return (
    <Card
      title={t('share.card')}
      aside={may.share && <a href={`/delegations/${reference}/people/${id}/share`}>{t('share.askLink')}</a>}
    >
      {shares.length === 0 && <p className="note">{t('share.none')}</p>}
      {shares.map((share) => (
        <div key={share.mateId}>
          <h3>{own ? t('share.with', { name: share.name }) : share.name}</h3>
          <ul className="plain-list">
            <li>
              {own ? t('share.you') : t('share.traveller')}: <Said word={share.mine} />
            </li>
            <li>
              {share.name}: <Said word={share.theirs} />
            </li>
          </ul>
          {share.refused && <p className="note">{t('share.over')}</p>}
          {may.answer && (
            <div className="mt-2">
              <Answer share={share} />
            </div>
          )}
        </div>
      ))}
      {may.answer && shares.length > 0 && <p className="note">{t('share.hint')}</p>}
    </Card>
  );
}

/** What somebody said, and whether they said it or a list did. */
function Said({ word }: { word: Shown['mine'] }) {
  const { t } = useTranslation('delegations');
  if (!word.answer) return t('share.word.silent');
  return (
    <>
      {word.source === 'list' ? t('share.word.list') : t(`share.word.${word.answer}`)}
      {word.on && (
        <>
          {', '}
          <DateOn on={word.on} />
        </>
      )}
    </>
  );
}

/** Agreeing and refusing, save what was said already. */
function Answer({ share }: { share: Shown }) {
  const { t } = useTranslation('delegations');
  const { mine, mateId } = share;
  const said = mine.source === 'person' ? mine.answer : null;
  return (
    <PortalForm
      hidden={{ intent: 'share', mate: mateId }}
      label={t('share.answer', { name: share.name })}
      inline
    >
      {said !== 'agreed' && (
        <SubmitButton name="answer" value="agreed">
          {t('share.agree')}
        </SubmitButton>
      )}
      {said !== 'refused' && (
        <SubmitButton kind="quiet" name="answer" value="refused">
          {t('share.refuse')}
        </SubmitButton>
      )}
    </PortalForm>
  );
}
