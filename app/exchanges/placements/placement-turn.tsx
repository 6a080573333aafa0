import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ButtonLink } from '#app/ui/button-link.tsx';
import { formatDate, formatDateRange } from '#app/ui/format-when.ts';
import { languageOf } from '#app/ui/language.ts';
import type { Side } from '#app/ui/side.ts';
import { Turn } from '#app/ui/turn.tsx';
import { TypedLine } from '#app/ui/typed-line.tsx';
import { inLanguage } from '../localized.ts';
import type { Capacity } from './capacities.ts';
import type { PlacementPage } from './placement-queries.ts';
import { PAGE_OF } from './stay-turn.ts';

/** Whose turn it is in a stay, until when, what happens next, and the one thing the reader can do. */
export function PlacementTurn({ page }: { page: PlacementPage }) {
  const { t, i18n } = useTranslation('placements');
  const language = languageOf(i18n);
  const { record, turn, mine, home, host, now } = page;
  const here = `/exchanges/${record.reference}`;
  if (turn.act === 'none') return <Ended page={page} />;
  const [first] = turn.by;
  const side: Side | null = sideOf(turn.by, { home: home.side, host: host.side });
  const institution = inLanguage((side === host.side ? host : home).shortName, language);
  const who = {
    institution,
    name: first === 'host-supervisor' ? page.supervisor : page.participant,
    awaited: turn.by.map((one) => t(`capacity.${one}`)).join(', '),
    start: formatDate(record.startsOn, language),
    end: formatDate(record.endsOn, language),
  };
  const action: ReactNode = mine !== null && (
    <ButtonLink href={`${here}${PAGE_OF[turn.act]}`}>{t(`turn.${turn.act}.action`)}</ButtonLink>
  );
  // A request has no date of its own, and a stay that is under way waits for nobody.
  const dateless = turn.act === 'decide' || turn.act === 'work' || turn.act === 'prepare';
  const until = dateless ? undefined : (record.dueAt ?? undefined);
  // What is prepared has a date of its own: the soonest by which somebody still has to act.
  const untilDate = turn.act === 'prepare' ? (page.readiness?.actBy ?? undefined) : undefined;
  return (
    <Turn
      heading={t(mine === null ? `turn.${turn.act}.heading` : `turn.${turn.act}.yours`, who)}
      side={side}
      {...(until ? { until, now } : {})}
      {...(untilDate ? { untilDate } : {})}
      yours={mine !== null}
      action={action}
    >
      <p>{t(`turn.${turn.act}.next`, who)}</p>
      {(turn.act === 'sign' || turn.act === 'signClosing') && <p>{t('turn.awaited', who)}</p>}
    </Turn>
  );
}

/** The side of those awaited, null where both are. */
function sideOf(by: readonly Capacity[], sides: { home: Side; host: Side }): Side | null {
  const awaited = new Set(by.map((one) => (one.startsWith('host') ? sides.host : sides.home)));
  const [only] = awaited;
  return awaited.size === 1 ? (only ?? null) : null;
}

/** A state never stands bare: an end says its reason, a closed file has its certificate. */
function Ended({ page }: { page: PlacementPage }) {
  const { t, i18n } = useTranslation('placements');
  const { record, certificate } = page;
  const language = languageOf(i18n);
  if (record.state === 'closed') {
    const dates =
      record.arrivedOn && record.leftOn && formatDateRange(record.arrivedOn, record.leftOn, language);
    return (
      <Turn
        heading={t('turn.closed.heading')}
        side={null}
        action={
          certificate && (
            <ButtonLink href={`/verify/${certificate.code}`}>{t('turn.closed.action')}</ButtonLink>
          )
        }
      >
        <p>{t('turn.closed.next', { dates: dates || '' })}</p>
      </Turn>
    );
  }
  const kind = record.state === 'no-show' ? 'noShow' : 'cancelled';
  return (
    <Turn heading={t(`turn.${kind}.heading`)} side={null}>
      {record.stateReason && (
        <p className="why whitespace-pre-line">
          <b>{t('reason')}:</b> <TypedLine text={record.stateReason} />
        </p>
      )}
      <p>{t(`turn.${kind}.next`)}</p>
    </Turn>
  );
}
