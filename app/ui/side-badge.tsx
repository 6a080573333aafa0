import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { classNames } from './class-names.ts';
import type { Side } from './side.ts';

/** Whose turn or whose duty: a square and Dhanbad, or a disc and Moscow. `children` replaces the city (“you”). */
export function SideBadge({ side, children }: { side: Side; children?: ReactNode }) {
  const { t } = useTranslation('common');
  return <span className={classNames('side', side)}>{children ?? t(`side.${side}`)}</span>;
}
