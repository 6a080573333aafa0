import type { ReactNode } from 'react';
import { Chip } from './chip.tsx';
import type { Tone } from './side.ts';

export interface TaskItem {
  title: string;
  /** Absent while the task cannot be started. */
  href?: string;
  hint?: ReactNode;
  /** Word of the state: “Completed”, “In progress”, “Cannot start yet”. */
  status: string;
  tone: Tone;
}

/** The parts of an application, each with its state: filled in any order, submitted when all are ready. */
export function TaskList({ items }: { items: TaskItem[] }) {
  return (
    <ul className="task-list">
      {items.map((item) => (
        <li key={item.title}>
          <div className="what">
            {item.href ? <a href={item.href}>{item.title}</a> : <span>{item.title}</span>}
            {item.hint !== undefined && <div className="note">{item.hint}</div>}
          </div>
          <Chip tone={item.tone}>{item.status}</Chip>
        </li>
      ))}
    </ul>
  );
}
