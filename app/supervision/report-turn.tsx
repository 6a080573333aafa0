import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ButtonLink } from '#app/ui/button-link.tsx';
import { Turn } from '#app/ui/turn.tsx';
import type { Side } from '#db/schema/shared.ts';
import type { ReportOutcome, ThesisRole } from '#db/schema/supervision.ts';
import type { Act, TurnView } from './turn.ts';

interface ReportTurnProps {
  turn: TurnView;
  sides: Record<ThesisRole, Side>;
  /** Calendar date until which whoever is awaited should act. */
  dueOn: string | null;
  halfYear: string;
  outcome: ReportOutcome | null;
  /** Why the report came back. */
  reason?: string | null;
  /** Where the acts lead, by their pages under the report. */
  page: string;
  /** In place of a link: the form that starts a report. */
  action?: ReactNode;
}

const PAGES: Record<Exclude<Act, 'start'>, string> = {
  edit: '/edit',
  opinion: '/opinion',
  decide: '/decision/edit',
  sign: '/decision',
};

/** Whose turn a report is, until when, what happens next, and the one thing the reader can do. */
export function ReportTurn({ turn, sides, dueOn, halfYear, outcome, reason, page, action }: ReportTurnProps) {
  const { t } = useTranslation('supervision');
  const { act, awaited, words } = turn;
  const [first, second] = awaited;
  const heading = t(`turn.${words}.heading`, {
    halfYear,
    outcome: outcome ? t(`outcome.${outcome}`).toLowerCase() : '',
  });
  return (
    <Turn
      heading={heading}
      side={first && !second ? sides[first] : null}
      {...(dueOn ? { untilDate: dueOn } : {})}
      yours={act !== null}
      action={
        action ??
        (act && act !== 'start' ? (
          <>
            <ButtonLink href={`${page}${PAGES[act]}`}>
              {t(`act.${words === 'returned.yours' ? 'correct' : act}`)}
            </ButtonLink>
            {act === 'opinion' && (
              <ButtonLink kind="quiet" href={`${page}/return`}>
                {t('act.return')}
              </ButtonLink>
            )}
          </>
        ) : undefined)
      }
    >
      <p>{t(`turn.${words}.next`)}</p>
      {reason && <p className="why whitespace-pre-line wrap-anywhere">{reason}</p>}
    </Turn>
  );
}
