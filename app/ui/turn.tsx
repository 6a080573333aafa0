import type { ReactNode } from 'react';
import { Card } from './card.tsx';
import type { CalendarDate, Instant } from './format-when.ts';
import type { Side } from './side.ts';
import { SideBadge } from './side-badge.tsx';
import { Deadline, TimeRemaining } from './when.tsx';

interface TurnProps {
  /** “It is GIREDMET’s turn”, “It is your turn”, “Nothing is awaited”. */
  heading: string;
  /** Anchor of the card; `turn` unless told. */
  id?: string;
  /** Whose turn; null when nobody's (the record is over, or the system works). */
  side: Side | null;
  /** The last moment to act, or with `untilDate` the last day. */
  until?: Instant;
  untilDate?: CalendarDate;
  /** The present, from the loader: lets the card say how long is left. */
  now?: Instant;
  /** The reader is the one awaited: the card takes the edge of action. */
  yours?: boolean;
  /** What happens next, in a sentence or two. */
  children?: ReactNode;
  /** The one thing the reader can do. */
  action?: ReactNode;
}

/** Whose turn it is, until when in both cities, what happens next, and the one action. */
export function Turn({
  id = 'turn',
  heading,
  side,
  until,
  untilDate,
  now,
  yours = false,
  children,
  action,
}: TurnProps) {
  const badge = side && <SideBadge side={side} />;
  return (
    <Card id={id} title={heading} note={badge} tone={yours ? 'act' : undefined}>
      {(until !== undefined || untilDate !== undefined) && (
        <p className="turn-until">
          <b>{until !== undefined ? <Deadline at={until} /> : <Deadline on={untilDate ?? ''} />}</b>
          {until !== undefined && now !== undefined && (
            <span className="note">
              <TimeRemaining until={until} now={now} />
            </span>
          )}
        </p>
      )}
      {children !== undefined && <div className="prose">{children}</div>}
      {action && <div className="actions">{action}</div>}
    </Card>
  );
}
