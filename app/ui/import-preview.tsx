import type { ReactNode } from 'react';
import { ButtonLink } from './button-link.tsx';
import { Card } from './card.tsx';
import { Chip } from './chip.tsx';
import { DataTable } from './data-table.tsx';
import { EmptyState } from './empty-state.tsx';
import { ErrorSummary, type FormError } from './error-summary.tsx';
import { Flash } from './flash.tsx';
import { PageHeader } from './page-header.tsx';
import { PortalForm } from './portal-form.tsx';
import { SubmitButton } from './submit-button.tsx';
import { useWords } from './words.ts';

export interface ImportProblem {
  key: string;
  row: number;
  column: string;
  value: string;
  suggestion: string | null;
  weight: 'stop' | 'note' | 'fixed' | 'elsewhere';
  /** `offered`: the suggestion may be taken; `taken`: it was. */
  correction: 'offered' | 'taken' | null;
}

/** What a page needs of a preview; the server's preview of a table is one. */
export interface ImportState<Problem extends ImportProblem> {
  problems: readonly Problem[];
  waiting: number;
  choices: { taken: readonly string[]; skipped: readonly number[] };
  seal: string;
}

interface ImportPreviewProps<Problem extends ImportProblem> {
  title: string;
  crumbs: { label: string; href: string }[];
  lede: string;
  errors: FormError[];
  state: ImportState<Problem>;
  /** What is wrong with a cell, in words. */
  what: (problem: Problem) => string;
  /** What the import will do, a line each. */
  counts: string[];
  /** The button that does it; null where there is nothing to import. */
  confirm: string | null;
  /** In place of the button: why there is nothing, and what may still be done. */
  nothing: { title: string; hint: string; act?: string };
  /** Where another file is chosen. */
  againHref: string;
  notices?: ReactNode;
  /** The rows that will be imported. */
  children: ReactNode;
}

/** More lines than this help nobody; the counts stay whole. */
const SHOWN = 200;
const TONES = { stop: 'stop', note: 'risk', fixed: 'ok', elsewhere: 'idle' } as const;

/**
 * What an import will do, and every cell that is not as it should be, with what would put it right. Corrections are taken
 * and rows left out by ticking; the page can be looked at again with them, or confirmed at once.
 */
export function ImportPreview<Problem extends ImportProblem>(props: ImportPreviewProps<Problem>) {
  const { title, crumbs, lede, errors, state, counts, confirm, nothing, againHref, notices, children } =
    props;
  const { t } = useWords();
  const { choices, waiting, seal } = state;
  const shown = state.problems.slice(0, SHOWN);
  const isOpen = shown.some((one) => one.weight !== 'fixed');
  const chosen = choices.taken.length > 0 || choices.skipped.length > 0;
  const again = (
    <ButtonLink kind="quiet" href={againHref}>
      {t('import.again')}
    </ButtonLink>
  );
  return (
    <>
      <PageHeader crumbs={[...crumbs, { label: title }]} title={title} lede={lede} />
      <ErrorSummary errors={errors} />
      {waiting > 0 && (
        <Flash tone="risk" title={t('import.waiting', { count: waiting })}>
          {t('import.kept')}
        </Flash>
      )}
      {notices}
      <PortalForm id="import" hidden={{ seal }} wide>
        {choices.taken.map((key) => (
          <input key={key} type="hidden" name="taken" value={key} />
        ))}
        {choices.skipped.map((row) => (
          <input key={row} type="hidden" name="skipped" value={row} />
        ))}
        <Card>
          <ul className="plain-list">
            {counts.map((line) => (
              <li key={line}>{line}</li>
            ))}
            {choices.taken.length > 0 && <li>{t('import.taken', { count: choices.taken.length })}</li>}
            {choices.skipped.length > 0 && (
              <li>{t('import.leftOut', { rows: choices.skipped.join(', ') })}</li>
            )}
          </ul>
          {confirm === null ? (
            <EmptyState
              title={nothing.title}
              action={
                <div className="actions">
                  {nothing.act && <SubmitButton kind="quiet">{nothing.act}</SubmitButton>}
                  {again}
                </div>
              }
            >
              {nothing.hint}
            </EmptyState>
          ) : (
            <div className="actions">
              <SubmitButton>{confirm}</SubmitButton>
              {again}
            </div>
          )}
        </Card>
        {shown.length > 0 && (
          <Card title={t('import.problems')}>
            {isOpen && <p className="note">{t('import.problemsHint')}</p>}
            <Problems problems={shown} what={props.what} />
            {shown.length < state.problems.length && (
              <p className="note">{t('import.first', { limit: SHOWN })}</p>
            )}
            <div className="actions">
              {isOpen && (
                <SubmitButton kind="quiet" formMethod="get">
                  {t('import.look')}
                </SubmitButton>
              )}
              {chosen && (
                <ButtonLink kind="quiet" href="?">
                  {t('import.startOver')}
                </ButtonLink>
              )}
            </div>
          </Card>
        )}
      </PortalForm>
      {children}
    </>
  );
}

function Problems<Problem extends ImportProblem>({
  problems,
  what,
}: {
  problems: readonly Problem[];
  what: (problem: Problem) => string;
}) {
  const { t } = useWords();
  const first = new Map<number, string>();
  for (const one of problems) {
    if (one.correction !== 'taken' && !first.has(one.row)) first.set(one.row, one.key);
  }
  const word = (one: Problem) => (one.correction === 'taken' ? 'taken' : one.weight);
  return (
    <DataTable
      caption={t('import.problems')}
      rows={problems}
      rowKey={(one) => `${one.key} ${one.correction}`}
      columns={[
        { key: 'row', head: t('import.row'), align: 'end', cell: (one) => one.row },
        {
          key: 'column',
          head: t('import.column'),
          rowHeader: true,
          cell: (one) => <code>{one.column}</code>,
        },
        { key: 'value', head: t('import.value'), cell: (one) => one.value || '—' },
        {
          key: 'what',
          head: t('import.what'),
          cell: (one) => (
            <>
              {what(one)}
              {one.correction === 'offered' ? (
                <Tick name="take" value={one.key}>
                  {t('import.take', { value: one.suggestion ?? '' })}
                </Tick>
              ) : (
                one.suggestion !== null && (
                  <div className="note">
                    {t(one.weight === 'fixed' ? 'import.readAs' : 'import.suggestion', {
                      value: one.suggestion,
                    })}
                  </div>
                )
              )}
            </>
          ),
        },
        {
          key: 'weight',
          head: t('import.weight'),
          cell: (one) => (
            <>
              <Chip tone={TONES[one.weight]}>{t(`import.weightOf.${word(one)}`)}</Chip>
              {first.get(one.row) === one.key && (
                <Tick name="skip" value={String(one.row)}>
                  {t('import.skip', { row: one.row })}
                </Tick>
              )}
            </>
          ),
        },
      ]}
    />
  );
}

function Tick({ name, value, children }: { name: string; value: string; children: ReactNode }) {
  const id = `${name}-${value}`;
  return (
    <div className="choice">
      <input id={id} type="checkbox" name={name} value={value} />
      <label htmlFor={id}>{children}</label>
    </div>
  );
}
