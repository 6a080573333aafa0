import { useTranslation } from 'react-i18next';
import { ButtonLink } from '#app/ui/button-link.tsx';
import { languageOf } from '#app/ui/language.ts';
import { Turn } from '#app/ui/turn.tsx';
import { TypedLine } from '#app/ui/typed-line.tsx';
import { inLanguage } from './localized.ts';
import type { ExchangeRecord } from './record-queries.ts';

type Page = ExchangeRecord & { now: Date };

/** Whose turn it is, until when in both cities, what happens next, and the one thing the reader can do. */
export function ExchangeTurn({ page }: { page: Page }) {
  const { t, i18n } = useTranslation('exchanges');
  const language = languageOf(i18n);
  const { record, call, home, host, may, now } = page;
  const named = (one: Page['home']) => ({ institution: one ? inLanguage(one.shortName, language) : '' });
  const here = `/exchanges/${record.reference}`;
  switch (record.state) {
    case 'draft':
      return (
        <Turn
          heading={t('record.turn.draft')}
          side={home?.side ?? null}
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
        <Turn
          heading={t(may.nominate ? 'record.turn.homeYours' : 'record.turn.home', named(home))}
          side={home?.side ?? null}
          until={record.dueAt ?? undefined}
          now={now}
          yours={may.nominate}
          action={may.nominate && <ButtonLink href={`${here}/nomination`}>{t('record.nominate')}</ButtonLink>}
        >
          <p>{t('record.turn.homeText')}</p>
          <p>{t('record.turn.mail')}</p>
        </Turn>
      );
    case 'nominated':
      return (
        <Turn
          heading={t(may.answer ? 'record.turn.hostYours' : 'record.turn.host', named(host))}
          side={host?.side ?? null}
          until={record.dueAt ?? undefined}
          now={now}
          yours={may.answer}
          action={may.answer && <ButtonLink href={`${here}/answer`}>{t('record.answer')}</ButtonLink>}
        >
          <p>{t('record.turn.hostText')}</p>
          <p>{t('record.turn.mail')}</p>
        </Turn>
      );
    case 'accepted':
      return (
        <Turn heading={t('record.turn.accepted', named(host))} side={null}>
          <p>{t('record.turn.acceptedText')}</p>
        </Turn>
      );
    case 'declined':
      return <Ended heading={t('record.turn.declined', named(host))} reason={record.stateReason} />;
    case 'not-nominated':
      return <Ended heading={t('record.turn.notNominated', named(home))} reason={record.stateReason} />;
    case 'returned':
    case 'eligible':
    case 'ineligible':
    case 'selected':
    case 'reserve':
    case 'not-selected':
    case 'queried':
      return <Turn heading={t(`state.${record.state}`)} side={null} />;
    case 'withdrawn':
      return (
        <Ended
          heading={t('record.turn.withdrawn')}
          reason={record.stateReason}
          text={t('record.turn.withdrawnText')}
        />
      );
  }
}

/** A state never stands bare: an end says its reason. */
function Ended({ heading, reason, text }: { heading: string; reason: string | null; text?: string }) {
  const { t } = useTranslation('exchanges');
  return (
    <Turn heading={heading} side={null}>
      {reason && (
        <p className="why whitespace-pre-line">
          <b>{t('record.reason')}:</b> <TypedLine text={reason} />
        </p>
      )}
      <p>{text ?? t('record.turn.endedText')}</p>
    </Turn>
  );
}
