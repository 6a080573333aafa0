import { useTranslation } from 'react-i18next';
import { ButtonLink } from '#app/ui/button-link.tsx';
import { formatDate } from '#app/ui/format-when.ts';
import { languageOf } from '#app/ui/language.ts';
import { Turn } from '#app/ui/turn.tsx';
import { TypedLine } from '#app/ui/typed-line.tsx';
import { inLanguage } from './localized.ts';
import type { ExchangeRecord } from './record-queries.ts';

type Page = ExchangeRecord & { now: Date };

const HEADINGS = {
  ineligible: ['ineligible', 'home'],
  'not-selected': ['notSelected', 'home'],
  'not-nominated': ['notNominated', 'home'],
  declined: ['declined', 'host'],
} as const;

/** How an application ended, why, and what can be made of it: an appeal, until its last day, or its decision. */
export function EndedTurn({ page }: { page: Page }) {
  const { t, i18n } = useTranslation('exchanges');
  const { record, appeal, may } = page;
  const language = languageOf(i18n);
  if (record.state === 'withdrawn')
    return (
      <Turn heading={t('record.turn.withdrawn')} side={null}>
        <Reason text={record.stateReason} />
        <p>{t('record.turn.withdrawnText')}</p>
      </Turn>
    );
  const [key, party] = HEADINGS[record.state as keyof typeof HEADINGS];
  const decider = page[party];
  const name = { institution: decider ? inLanguage(decider.shortName, language) : '' };
  if (appeal?.made && appeal.made.decidedAt === null)
    return (
      <Turn
        heading={t(may.decideAppeal ? 'appeal.turn.yours' : 'appeal.turn.open', name)}
        side={decider?.side ?? null}
        yours={may.decideAppeal}
        action={
          may.decideAppeal && (
            <ButtonLink href={`/exchanges/${record.reference}/appeal/decision`}>
              {t('appeal.decide')}
            </ButtonLink>
          )
        }
      >
        <p>{t('appeal.turn.openText')}</p>
        <Reason text={record.stateReason} />
      </Turn>
    );
  const heading = t(`record.turn.${key}`, name);
  if (appeal?.made || !appeal || appeal.over)
    return (
      <Turn heading={heading} side={null}>
        <Reason text={record.stateReason} />
        {record.state === 'not-selected' && <p>{t('record.turn.notSelectedText', { rank: record.rank })}</p>}
        {appeal?.made && <p>{t('appeal.turn.rejected')}</p>}
        {appeal?.over && !appeal.made && (
          <p>{t('appeal.turn.over', { date: formatDate(appeal.lastDay, language) })}</p>
        )}
        <p>{t('record.turn.endedText')}</p>
      </Turn>
    );
  return (
    <Turn
      heading={heading}
      side={null}
      untilDate={may.appeal ? appeal.lastDay : undefined}
      action={
        may.appeal && (
          <ButtonLink href={`/exchanges/${record.reference}/appeal`} kind="quiet">
            {t('appeal.make')}
          </ButtonLink>
        )
      }
    >
      <Reason text={record.stateReason} />
      {record.state === 'not-selected' && <p>{t('record.turn.notSelectedText', { rank: record.rank })}</p>}
      <p>
        {t(may.appeal ? 'appeal.turn.possibleYours' : 'appeal.turn.possible', {
          date: formatDate(appeal.lastDay, language),
        })}
      </p>
    </Turn>
  );
}

/** A state never stands bare: an end says its reason. */
function Reason({ text }: { text: string | null }) {
  const { t } = useTranslation('exchanges');
  if (!text) return null;
  return (
    <p className="why whitespace-pre-line">
      <b>{t('record.reason')}:</b> <TypedLine text={text} />
    </p>
  );
}
