import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '#app/ui/card.tsx';
import { Chip } from '#app/ui/chip.tsx';
import { languageOf } from '#app/ui/language.ts';
import { DateOn, When } from '#app/ui/when.tsx';
import { inLanguage } from '../localized.ts';
import type { PlacementPage } from './placement-queries.ts';

/** The requests of a stay, the latest first: what was asked for and why, who decides, what was decided. */
export function RequestList({ page, act }: { page: PlacementPage; act?: (number: number) => ReactNode }) {
  const { t, i18n } = useTranslation('placements');
  const language = languageOf(i18n);
  return (
    <>
      {page.requests.toReversed().map((one) => {
        const decides = one.decidingInstitutionId === page.home.id ? page.home : page.host;
        const institution = inLanguage(decides.shortName, language);
        const tone = one.outcome === 'granted' ? 'ok' : one.outcome === 'refused' ? 'stop' : 'risk';
        return (
          <Card
            key={one.id}
            title={t(`request.kind.${one.kind}`)}
            note={<Chip tone={tone}>{t(`request.outcome.${one.outcome ?? 'open'}`)}</Chip>}
            tone={one.outcome === null ? 'risk' : undefined}
          >
            <p className="note">
              {one.askedByName ?? '—'}, <When at={one.askedAt} />
            </p>
            {one.newDate && (
              <p>
                {t('request.newDate')}: <DateOn on={one.newDate} />
              </p>
            )}
            {one.reason !== null && <p className="whitespace-pre-line wrap-anywhere">{one.reason}</p>}
            {one.decidedAt === null ? (
              <p>{t('request.decides', { institution })}</p>
            ) : (
              <div className="why">
                <p className="note">
                  {t('request.decided', { institution })} {one.decidedByName ?? '—'},{' '}
                  <When at={one.decidedAt} />
                </p>
                {one.outcomeReason && (
                  <p className="whitespace-pre-line wrap-anywhere">{one.outcomeReason}</p>
                )}
              </div>
            )}
            {act?.(one.number)}
          </Card>
        );
      })}
    </>
  );
}
