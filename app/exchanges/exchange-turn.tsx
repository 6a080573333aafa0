import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ButtonLink } from '#app/ui/button-link.tsx';
import { languageOf } from '#app/ui/language.ts';
import { Turn } from '#app/ui/turn.tsx';
import { TypedLine } from '#app/ui/typed-line.tsx';
import { EndedTurn } from './ended-turn.tsx';
import { inLanguage } from './localized.ts';
import type { ExchangeParts, ExchangeRecord } from './record-queries.ts';

export type TurnPage = ExchangeRecord & Pick<ExchangeParts, 'questions'> & { now: Date };

/** Reasons under which the portal moves an application up from the reserve list. */
const PROMOTED = ['withdrawn', 'notNominated', 'declined', 'placementEnded', 'placeFree'] as const;

/** Whose turn it is, until when in both cities, what happens next, and the one thing the reader can do. */
export function ExchangeTurn({ page }: { page: TurnPage }) {
  const { t, i18n } = useTranslation('exchanges');
  const language = languageOf(i18n);
  const { record, call, own, may, now } = page;
  const here = `/exchanges/${record.reference}`;
  switch (record.state) {
    case 'draft':
      return (
        <Turn
          heading={t('record.turn.draft')}
          side={page.home?.side ?? null}
          until={call.deadline}
          now={now}
          yours
          action={<ButtonLink href={`/calls/${call.reference}/apply`}>{t('record.continue')}</ButtonLink>}
        >
          <p>{t('record.turn.draftText')}</p>
        </Turn>
      );
    case 'submitted':
      return (
        <PartyTurn page={page} party="home" yours={may.check} act={['check', `${here}/eligibility`]}>
          <p>{t('record.turn.checkText')}</p>
          <p>{t('record.turn.mail')}</p>
        </PartyTurn>
      );
    case 'returned':
      return (
        <Turn
          heading={t(own ? 'record.turn.returnedYours' : 'record.turn.returned')}
          side={page.home?.side ?? null}
          until={record.dueAt ?? undefined}
          now={now}
          yours={own}
          action={
            own && <ButtonLink href={`/calls/${call.reference}/apply`}>{t('record.correct')}</ButtonLink>
          }
        >
          <p>{t(own ? 'record.turn.returnedYoursText' : 'record.turn.returnedText')}</p>
        </Turn>
      );
    case 'eligible':
      if (page.awaitsRanking)
        return (
          <Turn heading={t('record.turn.committee')} side={null}>
            <p>{t('record.turn.committeeText')}</p>
            <p>{t('record.turn.mail')}</p>
          </Turn>
        );
      return <NominationTurn page={page} />;
    case 'selected':
      return <NominationTurn page={page} />;
    case 'reserve':
      return (
        <Turn heading={t('record.turn.reserve')} side={null}>
          <p>{t('record.turn.reserveText', { rank: record.rank })}</p>
        </Turn>
      );
    case 'nominated':
      return (
        <PartyTurn page={page} party="host" yours={may.answer} act={['answer', `${here}/answer`]}>
          <p>{t('record.turn.hostText')}</p>
          <p>{t('record.turn.mail')}</p>
        </PartyTurn>
      );
    case 'queried':
      return (
        <PartyTurn page={page} party="home" yours={may.reply} act={['reply', `${here}/reply`]}>
          <Question page={page} />
          <p>{t('record.turn.queriedText')}</p>
        </PartyTurn>
      );
    case 'accepted':
      return (
        <Turn heading={t('record.turn.accepted', institutionOf(page, 'host', language))} side={null}>
          <p>{t('record.turn.acceptedText')}</p>
        </Turn>
      );
    case 'ineligible':
    case 'not-selected':
    case 'not-nominated':
    case 'declined':
    case 'withdrawn':
      return <EndedTurn page={page} />;
  }
}

/** The turn of an institution: its name, its side, until when, and for its coordinator the act. */
function PartyTurn({
  page,
  party,
  yours,
  act: [act, href],
  children,
}: {
  page: TurnPage;
  party: 'home' | 'host';
  yours: boolean;
  act: ['check' | 'nominate' | 'answer' | 'reply', string];
  children: ReactNode;
}) {
  const { t, i18n } = useTranslation('exchanges');
  const name = institutionOf(page, party, languageOf(i18n));
  return (
    <Turn
      heading={t(yours ? `record.turn.${party}Yours` : `record.turn.${party}`, name)}
      side={page[party]?.side ?? null}
      until={page.record.dueAt ?? undefined}
      now={page.now}
      yours={yours}
      action={yours && <ButtonLink href={href}>{t(`record.${act}`)}</ButtonLink>}
    >
      {children}
    </Turn>
  );
}

function NominationTurn({ page }: { page: TurnPage }) {
  const { t } = useTranslation('exchanges');
  const { record, may } = page;
  const promoted = PROMOTED.find((one) => record.state === 'selected' && one === record.stateReason);
  return (
    <PartyTurn
      page={page}
      party="home"
      yours={may.nominate}
      act={['nominate', `/exchanges/${record.reference}/nomination`]}
    >
      {promoted && <p>{t(`record.promoted.${promoted}`)}</p>}
      <p>{t('record.turn.homeText')}</p>
      <p>{t('record.turn.mail')}</p>
    </PartyTurn>
  );
}

/** What the host wants to know; the applicant and both institutions read it. */
function Question({ page }: { page: TurnPage }) {
  const { t } = useTranslation('exchanges');
  const open = page.questions.findLast((one) => one.repliedAt === null);
  if (!open) return null;
  return (
    <p className="why whitespace-pre-line">
      <b>{t('record.question')}:</b> <TypedLine text={open.question} />
    </p>
  );
}

/** The short name of a party, as a turn's heading says it. */
export function institutionOf(page: ExchangeRecord, party: 'home' | 'host', language: 'en' | 'ru') {
  const one = page[party];
  return { institution: one ? inLanguage(one.shortName, language) : '' };
}
