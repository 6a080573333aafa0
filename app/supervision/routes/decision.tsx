import { useTranslation } from 'react-i18next';
import { difference } from '#app/platform/difference.ts';
import { formErrors } from '#app/platform/form-errors.ts';
import {
  answer,
  done,
  freshlySignedIn,
  sentForm,
  state,
  typed,
  words,
} from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { Card } from '#app/ui/card.tsx';
import { Columns } from '#app/ui/columns.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { ClosedStep } from '../closed-step.tsx';
import { DecisionChanges } from '../decision-changes.tsx';
import type { DecisionContent } from '../decision-content.ts';
import { DecisionSignatures, DecisionText } from '../decision-text.tsx';
import { loadReportPage, reportNumber } from '../load-report-page.ts';
import { ReportBridge } from '../report-bridge.tsx';
import { reportCrumbs } from '../report-crumbs.ts';
import { ReportHistory } from '../report-history.tsx';
import { signDecision } from '../sign-decision.ts';
import type { Route } from './+types/decision';

export async function loader({ context, params }: Route.LoaderArgs) {
  const page = await loadReportPage(context, params);
  const [before, after] = [page.decisions.at(-2), page.decisions.at(-1)];
  return {
    ...page,
    title: words(context)('supervision:decision.title'),
    content: after?.version.content as DecisionContent | undefined,
    changes: before && after ? difference(before.version.content, after.version.content) : [],
  };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  // Nothing is typed here: after the password the page is shown again, and signed there.
  const actor = freshlySignedIn(context);
  const { locale, now } = state(context);
  const values = typed(await sentForm(context, request));
  return answer(context, values, async () => {
    const input = {
      reference: params.ref,
      number: reportNumber(params.number),
      hash: values.hash ?? '',
      locale,
    };
    const complete = await signDecision(platform().db, actor, input, now);
    const page = `/supervision/${params.ref}/reports/${params.number}`;
    return complete
      ? done(page, 'supervision:flash.decided')
      : done(`${page}/decision`, 'supervision:flash.signed');
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  pageTitle(loaderData?.title, loaderData?.thesis.reference),
];

type Page = Route.ComponentProps['loaderData'];

/** The joint decision in both languages, what changed since the former version, and the place to sign it. */
export default function DecisionPage({ loaderData: page, actionData }: Route.ComponentProps) {
  const { t } = useTranslation('supervision');
  const refused = actionData && 'refused' in actionData ? actionData : undefined;
  const current = page.decisions.at(-1)?.version;
  const mayRevise =
    page.report.state === 'decision-proposed' && page.role !== null && page.role !== 'candidate';
  return (
    <>
      <PageHeader
        crumbs={reportCrumbs(t, page, page.title)}
        title={page.title}
        lede={t('decision.lede', { halfYear: page.halfYear })}
      />
      <ReportBridge progress={page.progress} sides={page.sides} halfYear={page.halfYear} />
      <ErrorSummary errors={formErrors(refused)} />
      {current && page.content ? (
        <Columns
          asideLabel={t('report.aside')}
          aside={
            <Card title={t('report.aside')}>
              <ReportHistory history={page.history} />
            </Card>
          }
        >
          <Card
            title={t('decision.text')}
            note={t('report.decisionVersion', { number: current.number })}
            {...(mayRevise
              ? { aside: <a href={`${page.address}/decision/edit`}>{t('decision.revise')}</a> }
              : {})}
          >
            <DecisionText content={page.content} />
            <p className="note mt-4">
              {t('decision.fingerprint')}
              <br />
              <code className="wrap-anywhere">{current.hash}</code>
            </p>
          </Card>
          <DecisionChanges changes={page.changes} number={current.number} />
          <Card title={t('decision.signatures')}>
            <DecisionSignatures page={page} />
          </Card>
          <SignCard page={page} hash={current.hash} number={current.number} />
        </Columns>
      ) : (
        <Card>
          <ClosedStep address={page.address} />
        </Card>
      )}
    </>
  );
}

function SignCard({ page, hash, number }: { page: Page; hash: string; number: number }) {
  const { t } = useTranslation('supervision');
  const { role, turn } = page;
  if (turn.act !== 'sign' || role === null) {
    const given = role !== null && role !== 'candidate' && page.signed.includes(role);
    return given && page.report.state !== 'decided' ? <p className="note">{t('decision.signed')}</p> : null;
  }
  return (
    <Card title={t('decision.signTitle')} tone="act">
      <p>
        {t('decision.signNote', {
          number,
          hash: hash.slice(0, 12),
          capacity: t(`role.${role}`).toLowerCase(),
        })}
      </p>
      <PortalForm hidden={{ hash }}>
        <FormActions>
          <SubmitButton>{t('decision.sign', { number })}</SubmitButton>
        </FormActions>
      </PortalForm>
    </Card>
  );
}
