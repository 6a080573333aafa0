import { useTranslation } from 'react-i18next';
import { Chip } from '#app/ui/chip.tsx';
import { calendarDateOf, formatDate, formatWhen } from '#app/ui/format-when.ts';
import { languageOf } from '#app/ui/language.ts';
import type { Tone } from '#app/ui/side.ts';
import { Deadline, TimeRemaining } from '#app/ui/when.tsx';
import type { CallState, Direction } from '#db/schema/exchanges.ts';
import type { LocalizedText } from '#db/schema/shared.ts';
import { inLanguage } from '../localized.ts';

/** Past states that say more than that the deadline has passed. */
const PAST_CHIPS: { [state in CallState]?: Tone } = {
  'in-review': 'idle',
  decided: 'ok',
  cancelled: 'stop',
};

type ListedCall = {
  reference: string;
  title: LocalizedText;
  summary: LocalizedText;
  direction: Direction;
  opensAt: Date;
  deadline: Date;
  weeksMin: number;
  weeksMax: number;
  placesToIn: number;
  placesToRu: number;
  state: CallState;
  stateAt: Date;
};

/** Calls with what decides whether to read on: direction, length, places, and the date that matters. */
export function CallList({
  calls,
  kind,
  now,
}: {
  calls: readonly ListedCall[];
  kind: 'open' | 'upcoming' | 'past' | 'preparation';
  now: Date;
}) {
  const { t, i18n } = useTranslation('exchanges');
  const language = languageOf(i18n);
  return (
    <ul className="tasks">
      {calls.map((call) => (
        <li key={call.reference}>
          <div className="what">
            <a
              href={
                kind === 'preparation' ? `/calls/${call.reference}/signature` : `/calls/${call.reference}`
              }
            >
              {inLanguage(call.title, language)}
            </a>
            <div className="note">
              {[
                call.reference,
                t(`direction.${call.direction}`),
                t('weeksRange', { min: call.weeksMin, count: call.weeksMax }),
                ...(call.placesToRu > 0 ? [`${t('call.placesToRu')}: ${call.placesToRu}`] : []),
                ...(call.placesToIn > 0 ? [`${t('call.placesToIn')}: ${call.placesToIn}`] : []),
              ].join(' · ')}
            </div>
            {kind === 'open' && <p>{inLanguage(call.summary, language)}</p>}
          </div>
          <div className="due">
            {kind === 'open' && (
              <>
                <b>
                  <Deadline at={call.deadline} />
                </b>
                <TimeRemaining until={call.deadline} now={now} />
              </>
            )}
            {kind === 'upcoming' && t('calls.opens', { when: formatWhen(call.opensAt, language) })}
            {kind === 'past' && (
              <>
                <span>{endOf(call)}</span>
                <PastState state={call.state} />
              </>
            )}
            {kind === 'preparation' && t(`calls.state.${call.state}`)}
          </div>
        </li>
      ))}
    </ul>
  );

  function endOf({ state, stateAt, deadline }: ListedCall): string {
    const on = (at: Date) => formatDate(calendarDateOf(at, 'ru'), language);
    return state === 'cancelled'
      ? t('calls.cancelledOn', { date: on(stateAt) })
      : t('calls.closed', { date: on(deadline) });
  }
}

/** What a past call says beyond that its deadline has passed. */
function PastState({ state }: { state: CallState }) {
  const { t } = useTranslation('exchanges');
  const tone = PAST_CHIPS[state];
  return tone ? <Chip tone={tone}>{t(`calls.state.${state}`)}</Chip> : null;
}
