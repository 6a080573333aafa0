import { useTranslation } from 'react-i18next';
import type { CallState } from '#db/schema/exchanges.ts';
import { CANCELLABLE, EDITABLE, EXTENDABLE } from './call-states.ts';

/** What a coordinator of a signing institution can do with a call in its state, and where. */
export function CallActs({
  call,
  text = false,
}: {
  call: { reference: string; state: CallState; reviewersPerApplication: number };
  text?: boolean;
}) {
  const { t } = useTranslation(['exchanges', 'reviews']);
  const within = (states: readonly CallState[]) => states.includes(call.state);
  const acts = [
    { to: 'signature', label: t('call.signature'), offered: text },
    {
      to: 'reviews',
      label: t('reviews:board.title'),
      offered: call.reviewersPerApplication > 0 && !within(['draft', 'half-signed', 'cancelled']),
    },
    { to: 'edit', label: t('call.edit'), offered: within(EDITABLE) },
    { to: 'extension', label: t('call.extend'), offered: within(EXTENDABLE) },
    { to: 'cancellation', label: t('call.cancel'), offered: within(CANCELLABLE) },
  ];
  return (
    <ul className="mt-4 grid gap-1">
      {acts
        .filter(({ offered }) => offered)
        .map(({ to, label }) => (
          <li key={to}>
            <a href={`/calls/${call.reference}/${to}`}>{label}</a>
          </li>
        ))}
    </ul>
  );
}
