import { useTranslation } from 'react-i18next';
import { formatDeadline } from '#app/ui/format-when.ts';
import { languageOf } from '#app/ui/language.ts';
import { Countdown } from '#app/ui/when.tsx';

/** Until when the application can be handed in, in both cities' time, and how long that is. */
export function DeadlineLine({ until, now, returned }: { until: Date; now: Date; returned: boolean }) {
  const { t, i18n } = useTranslation('exchanges');
  const when = formatDeadline(until, languageOf(i18n));
  return (
    <p className="turn-until mb-4">
      <span>{t(returned ? 'apply.correctUntil' : 'apply.until', { when })}</span>
      <span className="note">
        <Countdown until={until} now={now} />
      </span>
    </p>
  );
}
