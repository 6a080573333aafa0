import { useTranslation } from 'react-i18next';
import { fieldError, formErrors } from '#app/platform/form-errors.ts';
import {
  answer,
  done,
  freshlySignedIn,
  type Refused,
  sentForm,
  shown,
  signedIn,
  state,
  typed,
  words,
} from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { ButtonLink } from '#app/ui/button-link.tsx';
import { Card } from '#app/ui/card.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { When } from '#app/ui/when.tsx';
import { COORDINATORS } from '../placements/capacities.ts';
import { CostForm } from '../placements/cost-form.tsx';
import { CostTable } from '../placements/cost-table.tsx';
import { LaidSignatures } from '../placements/laid-signatures.tsx';
import { layClosing } from '../placements/lay-closing.ts';
import { stayPage } from '../placements/placement-queries.ts';
import { payersOf, recordCosts } from '../placements/record-costs.ts';
import { RefusalNote } from '../placements/refusal-note.tsx';
import { refuseClosing } from '../placements/refuse-version.ts';
import { signClosing } from '../placements/sign-closing.ts';
import { capacityOfForm, SignForms } from '../placements/sign-forms.tsx';
import { stayCrumbs } from '../placements/stay-crumbs.ts';
import type { Route } from './+types/closing';

export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  return shown(context, async () => {
    const page = await stayPage(platform().db, actor, params.ref, state(context).now);
    const open = page.record.state === 'returned' && page.closing === null;
    return {
      page,
      payers: open ? payersOf(actor, page.record) : [],
      mayLay: open && page.capacities.some((one) => COORDINATORS.some((other) => other === one)),
      title: words(context)('placements:closing.title'),
    };
  });
}

export async function action({ request, context, params }: Route.ActionArgs) {
  const values = typed(await sentForm(context, request));
  const { db } = platform();
  const { locale, now } = state(context);
  const here = `/exchanges/${params.ref}`;
  const common = { reference: params.ref, revision: values.revision ?? '' };
  const version = { reference: params.ref, hashShown: values.hash ?? '', as: capacityOfForm(values.as) };
  if (values.intent === 'sign') {
    const actor = freshlySignedIn(context);
    return answer(context, values, async () => {
      const complete = await signClosing(db, actor, { ...version, locale }, now);
      return complete
        ? done(here, 'placements:flash.closed')
        : done(`${here}/closing`, 'placements:flash.signed');
    });
  }
  const actor = signedIn(context);
  return answer(context, values, async () => {
    if (values.intent === 'refuse') {
      await refuseClosing(db, actor, { ...version, comments: values.comments ?? '' });
      return done(`${here}/closing`, 'placements:flash.refused');
    }
    if (values.intent === 'costs') {
      const amounts = Object.fromEntries(
        Object.entries(values).flatMap(([name, value]) =>
          name.startsWith('amount.') ? [[name.slice('amount.'.length), value]] : [],
        ),
      );
      await recordCosts(db, actor, { ...common, amounts });
      return done(`${here}/closing`, 'placements:flash.costs');
    }
    await layClosing(db, actor, common);
    return done(`${here}/closing`, 'placements:flash.closingLaid');
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  pageTitle(loaderData?.title, loaderData?.page.record.reference),
];

/** Report, evaluation, outputs and costs of a stay, and the closing that both coordinators sign. */
export default function ClosingPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation(['placements', 'exchanges', 'common']);
  const { page, title, payers, mayLay } = loaderData;
  const { record, gaps, certificate } = page;
  const refused = actionData && 'values' in actionData ? (actionData as Refused) : undefined;
  const laid = page.closings.at(-1) ?? null;
  return (
    <>
      <PageHeader crumbs={stayCrumbs(t, record.reference, title)} title={title} lede={page.title} />
      <ErrorSummary errors={formErrors(refused)} title={refused?.refused.sentence} />
      {certificate && (
        <Card title={t('closing.certificate')} tone="ok">
          <p>{t('closing.certificateText', { number: certificate.number })}</p>
          <div className="actions">
            <ButtonLink href={`/verify/${certificate.code}`}>{t('turn.closed.action')}</ButtonLink>
            <ButtonLink kind="quiet" href={`/verify/${certificate.code}/certificate.pdf`}>
              {t('closing.pdf')}
            </ButtonLink>
          </div>
        </Card>
      )}
      {laid && (
        <Card title={t('signature.signatures')} note={t(`programme.is.${laid.state}`)}>
          <RefusalNote laid={laid} />
          <LaidSignatures page={page} laid={laid} capacities={COORDINATORS} />
          <p className="note mt-4">
            {t('signature.fingerprint')} <code className="wrap-anywhere">{laid.version.hash}</code>
          </p>
        </Card>
      )}
      {record.state !== 'returned' && record.state !== 'closed' && (
        <Card>
          <p className="note">{t('closing.notYet')}</p>
        </Card>
      )}
      <Card title={t('report.title')}>
        {record.reportedAt ? (
          <>
            <p className="whitespace-pre-line wrap-anywhere" lang={record.reportLocale ?? undefined}>
              {record.report}
            </p>
            <p className="note">
              {page.participant}, <When at={record.reportedAt} />,{' '}
              {t(`common:languageName.${record.reportLocale ?? 'en'}`)}
            </p>
          </>
        ) : (
          <p className="note">{t('closing.noReport')}</p>
        )}
      </Card>
      <Card
        title={t('evaluation.title')}
        {...(record.evaluationGrade ? { note: t(`evaluation.grade.${record.evaluationGrade}`) } : {})}
      >
        {record.evaluatedAt ? (
          <>
            <p className="whitespace-pre-line wrap-anywhere" lang={record.evaluationLocale ?? undefined}>
              {record.evaluation}
            </p>
            <p className="note">
              {page.evaluatedByName ?? '—'}, <When at={record.evaluatedAt} />,{' '}
              {t(`common:languageName.${record.evaluationLocale ?? 'en'}`)}
            </p>
          </>
        ) : (
          <p className="note">{t('closing.noEvaluation')}</p>
        )}
      </Card>
      <Card title={t('outputs.title')}>
        <DataTable
          caption={t('outputs.title')}
          rows={page.outputs}
          rowKey={(one) => one.id}
          empty={<p className="note">{t('outputs.none')}</p>}
          columns={[
            { key: 'name', head: t('outputs.name'), cell: (one) => one.title },
            { key: 'kind', head: t('outputs.kind'), cell: (one) => t(`outputs.of.${one.kind}`) },
            { key: 'id', head: t('outputs.identifier'), cell: (one) => one.identifier ?? '—' },
          ]}
        />
      </Card>
      <Card title={t('costs.title')} id="costs">
        <CostTable page={page} />
        {payers.length > 0 && (
          <CostForm
            page={page}
            payers={payers}
            refused={refused?.values.intent === 'costs' ? refused : undefined}
          />
        )}
      </Card>
      {mayLay && (
        <Card title={t('closing.layTitle')} tone="act">
          {gaps.length > 0 ? (
            <>
              <p>{t('closing.needs')}</p>
              <ul className="list-disc pl-5">
                {gaps.map((gap) => (
                  <li key={gap}>{t(`closing.gap.${gap}`)}</li>
                ))}
              </ul>
            </>
          ) : (
            <PortalForm hidden={{ intent: 'lay', revision: record.revision }}>
              <p>{t('closing.layText')}</p>
              <FormActions>
                <SubmitButton>{t('closing.lay')}</SubmitButton>
              </FormActions>
            </PortalForm>
          )}
        </Card>
      )}
      {page.closing && (
        <SignForms
          page={page}
          laid={page.closing}
          capacities={COORDINATORS}
          comments={refused?.values.comments ?? ''}
          error={fieldError(refused, 'comments')}
        />
      )}
    </>
  );
}
