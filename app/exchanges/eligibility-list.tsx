import { useTranslation } from 'react-i18next';
import { Chip } from '#app/ui/chip.tsx';
import type { EligibilityCheck } from './eligibility.ts';

const TONES = { met: 'ok', unmet: 'stop', unknown: 'risk' } as const;

/** The portal's own checks, each with its outcome and the reason. */
export function EligibilityList({ checks }: { checks: readonly EligibilityCheck[] }) {
  const { t } = useTranslation('exchanges');
  return (
    <ul className="task-list">
      {checks.map(({ code, outcome, params }) => (
        <li key={code}>
          <div className="what">
            <b>{t(`eligibility.${code}.title`)}</b>
            <div className="note">
              {t(`eligibility.${code}.${outcome}`, { reference: params.reference ?? '' })}
            </div>
          </div>
          <Chip tone={TONES[outcome]}>{t(`eligibility.outcome.${outcome}`)}</Chip>
        </li>
      ))}
    </ul>
  );
}
