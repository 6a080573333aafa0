import { classNames } from './class-names.ts';
import type { Side } from './side.ts';
import { useWords } from './words.ts';

/** Done, in hand, to come, or where the record ended against the wish (declined, withdrawn). */
export type PierState = 'done' | 'now' | 'todo' | 'stop';

export interface Pier {
  label: string;
  /** Whose step it is. */
  side: Side;
  state: PierState;
  /** City of that side in the reader's language; by default the side's own. */
  city?: string;
  /** Small words under the label: a date, a name. */
  note?: string;
}

function Mark({ side, state }: { side: Side; state: PierState }) {
  return (
    <svg className="pier" viewBox="0 0 28 28" width="28" height="28" aria-hidden="true" focusable="false">
      {state === 'now' &&
        (side === 'in' ? (
          <rect className="halo" width="28" height="28" rx="7" />
        ) : (
          <circle className="halo" cx="14" cy="14" r="14" />
        ))}
      {side === 'in' ? (
        <rect className="stone" x="5" y="5" width="18" height="18" rx="3.5" />
      ) : (
        <circle className="stone" cx="14" cy="14" r="9" />
      )}
      {state === 'stop' && <path className="cross" d="m10.8 10.8 6.4 6.4m0-6.4-6.4 6.4" />}
    </svg>
  );
}

/** Where a two-sided record stands: a row of piers, upright on a phone. */
export function Bridge({ piers, label }: { piers: Pier[]; label?: string }) {
  const { t, city } = useWords();
  return (
    <div className="bridge-frame">
      <ol className="bridge" aria-label={label ?? t('bridge.label')}>
        {piers.map((pier) => (
          <li
            key={pier.label}
            className={classNames(pier.side, pier.state)}
            aria-current={pier.state === 'now' ? 'step' : undefined}
          >
            <Mark side={pier.side} state={pier.state} />
            <span className="pier-label">
              {pier.label}
              <span className="sr-only">
                {`, ${pier.city ?? city[pier.side]}, ${t(`bridge.${pier.state}`)}`}
              </span>
              {pier.note !== undefined && <small>{pier.note}</small>}
            </span>
          </li>
        ))}
      </ol>
      <p className="bridge-key" aria-hidden="true">
        <span className="in">{city.in}</span>
        <span className="ru">{city.ru}</span>
      </p>
    </div>
  );
}
