import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

interface CardProps {
  title?: ReactNode;
  /** Small soft words after the title: “version 2, not signed yet”. */
  note?: ReactNode;
  /** Stands at the right of the title: a link or a quiet button. */
  aside?: ReactNode;
  /** Anchor of the card; also names the section after its heading. */
  id?: string;
  level?: 2 | 3;
  /** Marks a card that asks for attention: its left edge takes the colour. */
  tone?: 'act' | 'ok' | 'risk' | 'stop';
  children?: ReactNode;
  /** Topic of live updates: the card's content is refreshed when the topic is announced. */
  live?: string;
}

/** One framed piece of a record. */
export function Card({ title, note, aside, id, level = 2, tone, children, live }: CardProps) {
  const Heading = level === 2 ? 'h2' : 'h3';
  const headingId = id && title ? `${id}-title` : undefined;
  return (
    <section
      className={classNames('card', tone && `card-edge ${tone}`)}
      id={id}
      aria-labelledby={headingId}
      data-live={live}
    >
      {title !== undefined && (
        <div className="card-head">
          <Heading id={headingId}>
            {title}
            {note !== undefined && <span className="note"> {note}</span>}
          </Heading>
          {aside !== undefined && <div className="card-aside">{aside}</div>}
        </div>
      )}
      {children}
    </section>
  );
}
