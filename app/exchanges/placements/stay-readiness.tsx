import { useTranslation } from 'react-i18next';
import { reasonOf, titlesOf } from '#app/travel/readiness-words.ts';
import { ButtonLink } from '#app/ui/button-link.tsx';
import { Card } from '#app/ui/card.tsx';
import { Chip } from '#app/ui/chip.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { formatDate } from '#app/ui/format-when.ts';
import { languageOf } from '#app/ui/language.ts';
import type { Say } from '#app/ui/say.ts';
import { DateOn } from '#app/ui/when.tsx';
import type { PlacementPage } from './placement-queries.ts';

/** What the journey needs, what fails first on top; a red start says to which day it has to move, and where. */
export function StayReadiness({ page }: { page: PlacementPage }) {
  const { t, i18n } = useTranslation(['placements', 'travel']);
  const language = languageOf(i18n);
  const { readiness, record, capacities } = page;
  if (!readiness) return null;
  const say = t as unknown as Say;
  const titles = titlesOf(readiness.items);
  const passport = readiness.items.find((one) => one.code === 'passport');
  const asksPassport = capacities.includes('participant') && passport && passport.tone !== 'ok';
  const here = `/exchanges/${record.reference}`;
  return (
    <Card
      id="readiness"
      title={t('readiness.title')}
      note={<Chip tone={readiness.tone}>{t(`travel:tone.${readiness.tone}`)}</Chip>}
      tone={readiness.tone === 'stop' || readiness.tone === 'risk' ? readiness.tone : undefined}
      {...(page.recordable.length > 0
        ? { aside: <a href={`${here}/readiness`}>{t('readiness.record')}</a> }
        : {})}
    >
      {readiness.tone === 'stop' && record.state === 'preparing' && (
        <p className="why">
          {readiness.earliestStart
            ? t('travel:move.to', { date: formatDate(readiness.earliestStart, language) })
            : t('travel:move.never')}{' '}
          {readiness.earliestStart && <a href={`${here}/programme/edit`}>{t('readiness.move')}</a>}
        </p>
      )}
      <DataTable
        caption={t('readiness.caption')}
        rows={readiness.items}
        rowKey={(item) => item.code}
        columns={[
          {
            key: 'requirement',
            head: t('readiness.requirement'),
            rowHeader: true,
            cell: (item) => item.title[language] || item.title.en,
          },
          {
            key: 'state',
            head: t('readiness.state'),
            cell: (item) => <Chip tone={item.tone}>{reasonOf(item, titles, language, say)}</Chip>,
          },
          { key: 'owner', head: t('readiness.owner'), cell: (item) => t(`travel:owner.${item.owner}`) },
          {
            key: 'actBy',
            head: t('readiness.actBy'),
            cell: (item) => (item.actBy ? <DateOn on={item.actBy} /> : '—'),
          },
        ]}
      />
      <p className="note mt-3">{t('readiness.check')}</p>
      {asksPassport && (
        <div className="actions">
          <ButtonLink href="/travel/passport" kind="quiet">
            {t('readiness.passport')}
          </ButtonLink>
        </div>
      )}
    </Card>
  );
}
