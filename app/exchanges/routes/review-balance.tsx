import { useTranslation } from 'react-i18next';
import { personName } from '#app/people/person-name.ts';
import { fieldError, formErrors } from '#app/platform/form-errors.ts';
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
import { ButtonLink } from '#app/ui/button-link.tsx';
import { Card } from '#app/ui/card.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { Field } from '#app/ui/field.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { languageOf } from '#app/ui/language.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { inLanguage } from '../localized.ts';
import { assignReviewers } from '../reviews/assign-reviewers.ts';
import { balanceProposal } from '../reviews/board-queries.ts';
import { readSeats } from '../reviews/read-seats.ts';
import type { Route } from './+types/review-balance';

export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { locale, now } = state(context);
  const page = await shown(context, () => balanceProposal(platform().db, actor, params.ref, now));
  const nameOf = new Map(page.reviewers.map((one) => [one.id, personName(one, locale)]));
  return {
    call: { reference: page.call.reference, title: page.call.title, state: page.call.state },
    seats: page.seats,
    dueOn: page.dueOn,
    rows: page.candidates
      .map((one) => ({
        reference: one.reference,
        name: personName(one.name, locale),
        reviewers: page.seats
          .filter((seat) => seat.applicationId === one.id)
          .map((seat) => nameOf.get(seat.reviewerId) ?? ''),
        missing: page.short.find((short) => short.applicationId === one.id)?.missing ?? 0,
      }))
      .filter((row) => row.reviewers.length > 0 || row.missing > 0),
    loads: page.reviewers.map((one) => ({
      id: one.id,
      name: personName(one, locale),
      institution: one.institution,
      before: one.before,
      after: one.before + one.added,
    })),
    title: words(context)('reviews:balance.title'),
  };
}

export async function action({ request, context, params }: Route.ActionArgs) {
  const actor = signedIn(context);
  const form = await sentForm(context, request);
  return answer(context, typed(form), async () => {
    const { count } = await assignReviewers(platform().db, actor, {
      reference: params.ref,
      seats: readSeats(form.getAll('seat')),
      dueOn: String(form.get('dueOn') ?? ''),
    });
    return done(`/calls/${params.ref}/reviews`, 'reviews:balance.done', { count });
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  pageTitle(loaderData?.title, loaderData?.call.reference),
];

/** What the portal proposes, before anybody is assigned: who would review what, and how much that is for each. */
export default function ReviewBalancePage({ loaderData, actionData }: Route.ComponentProps) {
  const { t, i18n } = useTranslation('reviews');
  const language = languageOf(i18n);
  const { call, seats, rows, loads } = loaderData;
  const refused = actionData && 'values' in actionData ? actionData : undefined;
  const board = `/calls/${call.reference}/reviews`;
  const short = rows.filter((row) => row.missing > 0).length;
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('crumbs.calls'), href: '/calls' },
          { label: call.reference, href: `/calls/${call.reference}` },
          { label: t('board.title'), href: board },
          { label: t('balance.title') },
        ]}
        title={t('balance.title')}
        lede={t('balance.lede')}
      />
      <ErrorSummary errors={formErrors(refused)} title={refused?.refused?.sentence} />
      {short > 0 && (
        <Card title={t('balance.short', { count: short })} tone="risk">
          <p>{t('balance.shortText')}</p>
        </Card>
      )}
      {seats.length === 0 ? (
        <Card title={t('balance.nothing')}>
          <p>{t('balance.nothingText')}</p>
          <ButtonLink href={board} kind="quiet">
            {t('balance.back')}
          </ButtonLink>
        </Card>
      ) : (
        <Card title={t('balance.apply')} tone="act">
          <PortalForm>
            {seats.map((seat) => (
              <input
                key={`${seat.applicationId}:${seat.reviewerId}`}
                type="hidden"
                name="seat"
                value={`${seat.applicationId}:${seat.reviewerId}`}
              />
            ))}
            <Field
              name="dueOn"
              type="date"
              label={t('assign.dueOn')}
              hint={t('assign.dueHint')}
              value={refused?.values?.dueOn ?? loaderData.dueOn}
              error={fieldError(refused, 'dueOn')}
            />
            <FormActions>
              <SubmitButton>{t('balance.submit', { count: seats.length })}</SubmitButton>
            </FormActions>
          </PortalForm>
        </Card>
      )}
      {rows.length > 0 && (
        <Card title={t('balance.proposal')}>
          <DataTable
            caption={t('balance.proposal')}
            rows={rows}
            rowKey={(row) => row.reference}
            rowTone={(row) => (row.missing > 0 ? 'risk' : undefined)}
            columns={[
              {
                key: 'application',
                head: t('board.application'),
                cell: (row) => (
                  <>
                    <a href={`${board}/${row.reference}`}>{row.name}</a>
                    <div className="note">{row.reference}</div>
                  </>
                ),
              },
              { key: 'added', head: t('balance.added'), cell: (row) => row.reviewers.join('; ') || '—' },
              {
                key: 'missing',
                head: t('balance.missing'),
                align: 'end',
                cell: (row) => (row.missing > 0 ? row.missing : '—'),
              },
            ]}
          />
        </Card>
      )}
      <Card title={t('balance.loads')}>
        <DataTable
          caption={t('balance.loads')}
          rows={loads}
          rowKey={(row) => row.id}
          empty={<p className="note">{t('balance.noReviewers')}</p>}
          columns={[
            { key: 'name', head: t('balance.reviewer'), cell: (row) => row.name },
            {
              key: 'institution',
              head: t('balance.institution'),
              cell: (row) => inLanguage(row.institution, language),
            },
            { key: 'before', head: t('balance.before'), align: 'end', cell: (row) => row.before },
            { key: 'after', head: t('balance.after'), align: 'end', cell: (row) => row.after },
          ]}
        />
      </Card>
    </>
  );
}
