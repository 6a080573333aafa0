import { formatCount } from './format-count.ts';
import { useWords } from './words.ts';

export interface ProgressPart {
  /** Word after the number: “delivered”. */
  label: string;
  value: number;
  tone: 'ok' | 'act' | 'risk' | 'stop' | 'idle';
  /** The list behind the number. */
  href?: string;
}

/** A segmented bar with its legend in words; what is not yet reached stays empty. `label` names it for those who hear it. */
export function Progress({ label, parts, total }: { label: string; parts: ProgressPart[]; total?: number }) {
  const { language } = useWords();
  const whole = Math.max(
    total ?? 0,
    parts.reduce((sum, part) => sum + part.value, 0),
    1,
  );
  const spoken = parts.map((part) => `${part.label}: ${formatCount(part.value, language)}`).join(', ');
  let from = 0;
  const segments = parts
    .filter((part) => part.value > 0)
    .map((part) => {
      const width = (part.value / whole) * 1000;
      const segment = (
        <rect
          key={part.label}
          className={part.tone}
          x={from.toFixed(1)}
          width={width.toFixed(1)}
          height="10"
        />
      );
      from += width;
      return segment;
    });
  return (
    <div className="progress">
      <svg viewBox="0 0 1000 10" preserveAspectRatio="none" role="img" aria-label={`${label}: ${spoken}`}>
        {segments}
      </svg>
      <ul>
        {parts.map((part) => (
          <li key={part.label} className={part.tone}>
            <b>{formatCount(part.value, language)}</b>{' '}
            {part.href ? <a href={part.href}>{part.label}</a> : part.label}
          </li>
        ))}
      </ul>
    </div>
  );
}
