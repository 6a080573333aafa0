import { useTranslation } from 'react-i18next';
import { ButtonLink } from '#app/ui/button-link.tsx';
import { Card } from '#app/ui/card.tsx';
import { Facts } from '#app/ui/facts.tsx';
import { TypedLine } from '#app/ui/typed-line.tsx';
import { DateOn } from '#app/ui/when.tsx';
import { CAPACITIES } from './capacities.ts';
import { DutyTable } from './duty-table.tsx';
import { LaidSignatures } from './laid-signatures.tsx';
import type { PlacementPage } from './placement-queries.ts';
import { StayReadiness } from './stay-readiness.tsx';

/** What an exchange's page shows of its stay below the turn: readiness, duties, programme, requests, notes, closing. */
export function PlacementCards({ page }: { page: PlacementPage }) {
  const { t } = useTranslation('placements');
  const { record } = page;
  const here = `/exchanges/${record.reference}`;
  return (
    <>
      <StayReadiness page={page} />
      {page.duties.length > 0 && (
        <Card
          id="duties"
          title={t('duty.title')}
          aside={<a href={`${here}/stay`}>{t('stay.open')}</a>}
          tone={
            record.state !== 'closed' &&
            page.duties.some((one) => one.doneOn === null && one.dueAt < page.now)
              ? 'stop'
              : undefined
          }
        >
          <DutyTable page={page} />
        </Card>
      )}
      <ProgrammeCard page={page} />
      <StayCard page={page} />
      {(record.state === 'returned' || record.state === 'closed') && <ClosingCard page={page} />}
    </>
  );
}

function ProgrammeCard({ page }: { page: PlacementPage }) {
  const { t } = useTranslation('placements');
  const { record, inForce, pending } = page;
  const laid = pending ?? inForce;
  const here = `/exchanges/${record.reference}/programme`;
  const open = ['programme', 'preparing', 'stay'].includes(record.state);
  return (
    <Card
      id="programme"
      title={t('programme.title')}
      note={
        laid ? t(`programme.state.${laid.state}`, { number: laid.version.number }) : t('programme.notLaid')
      }
      aside={<a href={here}>{t('programme.open')}</a>}
    >
      {laid ? (
        <LaidSignatures page={page} laid={laid} capacities={CAPACITIES} />
      ) : (
        <p className="note">{t('programme.notLaidText')}</p>
      )}
      {open && (
        <div className="actions">
          <ButtonLink kind="quiet" href={`${here}/edit`}>
            {t(inForce ? 'programme.amend' : 'programme.write')}
          </ButtonLink>
        </div>
      )}
    </Card>
  );
}

function StayCard({ page }: { page: PlacementPage }) {
  const { t } = useTranslation('placements');
  const { record, requests, notes } = page;
  const here = `/exchanges/${record.reference}`;
  const day = (on: string | null) => (on ? <DateOn on={on} /> : '—');
  const asks = ['programme', 'preparing', 'stay'].includes(record.state);
  return (
    <Card id="stay" title={t('stay.title')} note={t(`state.${record.state}`)}>
      <Facts
        facts={[
          { term: t('stay.planned'), value: <DateOn on={record.startsOn} to={record.endsOn} /> },
          { term: t('programme.supervisor'), value: <TypedLine text={page.supervisor} /> },
          { term: t('programme.laboratory'), value: <TypedLine text={record.laboratory} /> },
          { term: t('stay.arrived'), value: day(record.arrivedOn) },
          { term: t('stay.left'), value: day(record.leftOn) },
          {
            term: t('request.title'),
            value:
              requests.length === 0 ? t('request.none') : <a href={`${here}/requests`}>{requests.length}</a>,
          },
          {
            term: t('note.title'),
            value: notes.length === 0 ? t('note.none') : <a href={`${here}/stay#notes`}>{notes.length}</a>,
          },
        ]}
      />
      {asks && (
        <div className="actions">
          <ButtonLink kind="quiet" href={`${here}/requests`}>
            {t('request.make')}
          </ButtonLink>
          {record.arrivedOn && (
            <ButtonLink kind="quiet" href={`${here}/stay`}>
              {t('stay.open')}
            </ButtonLink>
          )}
        </div>
      )}
    </Card>
  );
}

function ClosingCard({ page }: { page: PlacementPage }) {
  const { t } = useTranslation('placements');
  const { record, costs, outputs, certificate } = page;
  const here = `/exchanges/${record.reference}`;
  const has = (there: boolean) => t(there ? 'closing.there' : 'closing.missing');
  return (
    <Card id="closing" title={t('closing.title')} aside={<a href={`${here}/closing`}>{t('closing.open')}</a>}>
      <Facts
        facts={[
          { term: t('report.title'), value: has(record.reportedAt !== null) },
          {
            term: t('evaluation.title'),
            value: record.evaluationGrade ? t(`evaluation.grade.${record.evaluationGrade}`) : has(false),
          },
          { term: t('outputs.title'), value: String(outputs.length) },
          { term: t('costs.title'), value: has(costs.every((one) => one.spent !== null)) },
          ...(certificate
            ? [
                {
                  term: t('closing.certificate'),
                  value: <a href={`/verify/${certificate.code}`}>{certificate.number}</a>,
                },
              ]
            : []),
        ]}
      />
    </Card>
  );
}
