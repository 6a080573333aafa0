import { useTranslation } from 'react-i18next';
import { personName } from '#app/people/person-name.ts';
import { formErrors } from '#app/platform/form-errors.ts';
import { invalid } from '#app/platform/outcome.ts';
import {
  answer,
  done,
  sentForm,
  shown,
  signedIn,
  state,
  typed,
  words,
} from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { Card } from '#app/ui/card.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { languageOf } from '#app/ui/language.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { Pagination } from '#app/ui/pagination.tsx';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { useWords } from '#app/ui/words.ts';
import { type Decision, decideRequest } from '../decide-request.ts';
import { demandCoordinator } from '../demand-right.ts';
import { issueCertificates } from '../issue-certificates.ts';
import { RequestCard } from '../request-card.tsx';
import { stageOf } from '../run-clock.ts';
import { peopleOfRun } from '../run-queries.ts';
import { smallNumber } from '../schemas.ts';
import type { Route } from './+types/people';

/** The form whose choices stand in the table above it. */
const CERTIFY = 'certify';

const DECISIONS: readonly Decision[] = ['agree', 'accept-evidence', 'decline-sponsorship', 'refuse-evidence'];

export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { url, now } = state(context);
  const after = smallNumber(url.searchParams.get('after'));
  const page = await shown(context, () => peopleOfRun(platform().db, actor, params.ref, after));
  const stage = stageOf(page.run, page.run.timeZone, now);
  const coordinates = (institutionId: string) =>
    actor.grants.some(
      (g) => g.role === 'coordinator' && g.effect === 'allow' && g.institutionId === institutionId,
    );
  return {
    ...page,
    stage,
    rows: page.rows.map((row) => ({
      ...row,
      asks: {
        sponsor:
          row.enrolment.sponsorNeeded &&
          !row.enrolment.sponsoredAt &&
          row.enrolment.personId !== actor.personId &&
          coordinates(row.enrolment.institutionId),
        evidence:
          row.enrolment.evidenceNeeded &&
          !row.enrolment.evidenceAcceptedAt &&
          row.enrolment.personId !== actor.personId &&
          coordinates(page.run.hostInstitutionId),
      },
      own: row.enrolment.personId === actor.personId,
    })),
    title: words(context)('training:people.title'),
  };
}

export async function action({ request, context, params }: Route.ActionArgs) {
  const actor = signedIn(context);
  const { now } = state(context);
  const form = await sentForm(context, request);
  const values = typed(form);
  const { db } = platform();
  const page = `/training/runs/${params.ref}/people`;
  return answer(context, values, async () => {
    await demandCoordinator(db, actor, params.ref);
    if (values.intent === 'certify') {
      const enrolmentIds = form.getAll('enrolment').map(String);
      const count = await issueCertificates(db, actor, { reference: params.ref, enrolmentIds }, now);
      return done(page, 'training:flash.certified', { count });
    }
    const decision = DECISIONS.find((one) => one === values.intent);
    if (!decision) throw invalid('choice');
    const { enrolment: enrolmentId = '', revision = '', reason = '' } = values;
    await decideRequest(db, actor, { reference: params.ref, enrolmentId, revision, decision, reason }, now);
    return done(page, `training:flash.${decision}`);
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

export type PersonRow = Awaited<ReturnType<typeof loader>>['rows'][number];

/** The people of a run for coordinators: requests to answer, who sits, who waits, who gets a certificate. */
export default function People({ loaderData: page, actionData }: Route.ComponentProps) {
  const { t, i18n } = useTranslation('training');
  const language = languageOf(i18n);
  const { city } = useWords();
  const { run, rows, stage } = page;
  const refused = actionData && 'refused' in actionData ? actionData : undefined;
  const asking = rows.filter(
    (row) => row.enrolment.state === 'requested' && (row.asks.sponsor || row.asks.evidence),
  );
  const certifiable = (row: PersonRow) =>
    page.mayCertify && stage === 'over' && row.enrolment.result === 'passed' && !row.certificate && !row.own;
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('home.title'), href: '/training' },
          { label: run.reference, href: `/training/runs/${run.reference}` },
          { label: page.title },
        ]}
        title={page.title}
        lede={run.course.title[language]}
      />
      <ErrorSummary errors={formErrors(refused)} />
      {asking.map((row) => (
        <RequestCard key={row.enrolment.id} row={row} refused={refused} />
      ))}
      <Card title={t('people.all')}>
        {rows.length === 0 ? (
          <EmptyState title={t('people.none')}>{t('people.noneText')}</EmptyState>
        ) : (
          <>
            <DataTable
              caption={t('people.all')}
              rows={rows}
              rowKey={(row) => row.enrolment.id}
              columns={[
                {
                  key: 'number',
                  head: t('people.number'),
                  align: 'end',
                  cell: (row) => row.enrolment.queueNumber,
                },
                {
                  key: 'name',
                  head: t('people.name'),
                  rowHeader: true,
                  cell: (row) => personName(row, language),
                },
                {
                  key: 'from',
                  head: t('people.from'),
                  cell: (row) => (
                    <>
                      {row.institution[language]}, {city[row.enrolment.side]}
                      {row.organisation && <div className="note">{row.organisation}</div>}
                    </>
                  ),
                },
                {
                  key: 'state',
                  head: t('list.state'),
                  cell: (row) =>
                    row.enrolment.place
                      ? t('list.place', { place: row.enrolment.place })
                      : t(`state.${row.enrolment.state}`),
                },
                {
                  key: 'result',
                  head: t('results.result'),
                  cell: (row) => (row.enrolment.result ? t(`result.${row.enrolment.result}`) : '—'),
                },
                {
                  key: 'certificate',
                  head: t('certificate.title'),
                  cell: (row) => (row.certificate ? <CertificateCell row={row} /> : choose(row)),
                },
              ]}
            />
            {rows.some(certifiable) && (
              <PortalForm id={CERTIFY} inline hidden={{ intent: 'certify' }}>
                <SubmitButton>{t('certificate.issue')}</SubmitButton>
              </PortalForm>
            )}
          </>
        )}
        <Pagination
          nextHref={page.next ? `/training/runs/${run.reference}/people?after=${page.next}` : undefined}
        />
      </Card>
    </>
  );

  function choose(row: PersonRow) {
    if (!certifiable(row)) return '—';
    return (
      <label>
        <input form={CERTIFY} type="checkbox" name="enrolment" value={row.enrolment.id} defaultChecked />{' '}
        {t('certificate.choose')}
        <span className="sr-only">{personName(row, language)}</span>
      </label>
    );
  }
}

function CertificateCell({ row }: { row: PersonRow }) {
  const { t } = useTranslation('training');
  const { certificate } = row;
  if (!certificate) return null;
  return (
    <>
      <a href={`/verify/${certificate.code}`}>{certificate.number}</a>
      {certificate.revokedAt && <div className="note">{t('certificate.revoked')}</div>}
    </>
  );
}
