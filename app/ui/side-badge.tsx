import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import type { Side } from './side.ts';
import { useWords } from './words.ts';

/** Whose turn or whose duty: a square and Dhanbad, or a disc and Moscow. `children` replaces the city (“you”). */
export function SideBadge({ side, children }: { side: Side; children?: ReactNode }) {
  const { city } = useWords();
  return <span className={classNames('side', side)}>{children ?? city[side]}</span>;
}
