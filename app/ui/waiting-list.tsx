import type { ReactNode } from 'react';
import type { CalendarDate, Instant } from './format-when.ts';
import type { Side } from './side.ts';
import { SideBadge } from './side-badge.tsx';
import { Deadline, TimeRemaining } from './when.tsx';

export interface WaitingTask {
  /** An act in the infinitive with its object: “Answer the nomination: Deepika Kumari, 12 weeks”. */
  title: string;
  href: string;
  /** Reference, state of the other party, what is ready. */
  detail?: ReactNode;
  side?: Side;
  /** The last moment; with `dueDate` beside it, the last day is what is shown. */
  due?: Instant;
  dueDate?: CalendarDate;
  /** Shows the date as at risk or missed. */
  tone?: 'risk' | 'stop';
}

const signs = { risk: '!', stop: '✕' };

/** What waits for the reader, soonest first. `now` comes from the loader and lets each task say how long is left. */
export function WaitingList({ tasks, now }: { tasks: WaitingTask[]; now?: Instant }) {
  return (
    <ul className="tasks">
      {tasks.map((task) => (
        <li key={`${task.href} ${task.title}`}>
          <div className="what">
            <a href={task.href}>{task.title}</a>
            {task.detail !== undefined && <div className="note">{task.detail}</div>}
          </div>
          {task.side && <SideBadge side={task.side} />}
          <div className="due">
            <Due task={task} />
            {task.due !== undefined && now !== undefined && <TimeRemaining until={task.due} now={now} />}
          </div>
        </li>
      ))}
    </ul>
  );
}

function Due({ task }: { task: WaitingTask }) {
  if (task.due === undefined && task.dueDate === undefined) return null;
  const deadline =
    task.dueDate === undefined && task.due !== undefined ? (
      <Deadline at={task.due} year={false} />
    ) : (
      <Deadline on={task.dueDate ?? ''} year={false} />
    );
  if (!task.tone) return <b>{deadline}</b>;
  return (
    <span className={`chip long ${task.tone}`}>
      <span aria-hidden="true">{signs[task.tone]}</span> {deadline}
    </span>
  );
}
