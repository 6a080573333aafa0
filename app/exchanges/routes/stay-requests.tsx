import { useTranslation } from 'react-i18next';
import { permits } from '#app/people/access.ts';
import { fieldError, formErrors } from '#app/platform/form-errors.ts';
import {
  answer,
  done,
  type Refused,
  sentForm,
  shown,
  signedIn,
  state,
  typed,
  words,
} from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { Card } from '#app/ui/card.tsx';
import { Radios } from '#app/ui/choices.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { Field } from '#app/ui/field.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { TextArea } from '#app/ui/text-area.tsx';
import { decideRequest } from '../placements/decide-request.ts';
import { askersOf, makeRequest } from '../placements/make-request.ts';
import { stayPage } from '../placements/placement-queries.ts';
import { placementRules } from '../placements/policy.ts';
import { RequestList } from '../placements/request-list.tsx';
import { REQUESTS } from '../placements/requests.ts';
import { stayCrumbs } from '../placements/stay-crumbs.ts';
import type { Route } from './+types/stay-requests';

export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  return shown(context, async () => {
    const page = await stayPage(platform().db, actor, params.ref, state(context).now);
    const { record } = page;
    const kinds = (['extension', 'early-return', 'no-show', 'force-majeure'] as const).filter(
      (kind) => REQUESTS[kind].from.includes(record.state) && askersOf(actor, record, kind).length > 0,
    );
    const open = page.requests.find((one) => one.decidedAt === null);
    const decides =
      open !== undefined && permits(placementRules[REQUESTS[open.kind].right], actor, { ...record, ...open });
    return {
      page,
      kinds,
      mayDecide: decides ? open.number : null,
      title: words(context)('placements:request.title'),
    };
  });
}

export async function action({ request, context, params }: Route.ActionArgs) {
  const actor = signedIn(context);
  const values = typed(await sentForm(context, request));
  const { db } = platform();
  const { now } = state(context);
  const here = `/exchanges/${params.ref}`;
  return answer(context, values, async () => {
    const { reason = '' } = values;
    if (values.intent === 'decide') {
      const number = Number(values.number);
      const decision = {
        number: Number.isInteger(number) ? number : 0,
        outcome: values.outcome ?? '',
        reason,
      };
      await decideRequest(db, actor, { reference: params.ref, ...decision }, now);
      return done(here, `placements:flash.${values.outcome === 'granted' ? 'granted' : 'notGranted'}`);
    }
    const asked = { kind: values.kind ?? '', newDate: values.newDate, reason };
    await makeRequest(db, actor, { reference: params.ref, ...asked }, now);
    return done(`${here}/requests`, 'placements:flash.asked');
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  pageTitle(loaderData?.title, loaderData?.page.record.reference),
];

/** What was asked for during a stay, the decision of whoever owns it, and the form for a new request. */
export default function StayRequestsPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation(['placements', 'exchanges']);
  const { page, title, kinds, mayDecide } = loaderData;
  const { record } = page;
  const refused = actionData && 'values' in actionData ? (actionData as Refused) : undefined;
  const deciding = refused?.values.intent === 'decide' ? refused : undefined;
  const asking = refused && !deciding ? refused : undefined;
  const at = (from: Refused | undefined, name: string) => {
    const error = fieldError(from, name);
    return { name, value: from?.values[name] ?? '', ...(error ? { error } : {}) };
  };
  return (
    <>
      <PageHeader crumbs={stayCrumbs(t, record.reference, title)} title={title} lede={page.title} />
      <ErrorSummary
        errors={formErrors(refused, {
          newDate: t('request.newDate'),
          reason: t('reason'),
          kind: t('request.what'),
        })}
        title={refused?.refused.sentence}
      />
      <RequestList
        page={page}
        act={(number) =>
          number !== mayDecide ? null : (
            <PortalForm hidden={{ intent: 'decide', number }} label={t('request.decideTitle')}>
              <Radios
                {...at(deciding, 'outcome')}
                label={t('request.decideTitle')}
                options={(['granted', 'refused'] as const).map((value) => ({
                  value,
                  label: t(`request.decide.${value}`),
                }))}
              />
              <TextArea
                {...at(deciding, 'reason')}
                id={deciding ? 'reason' : 'decision-reason'}
                label={t('reason')}
                hint={t('request.reasonOfDecision')}
                rows={3}
                optional
              />
              <FormActions>
                <SubmitButton>{t('request.decideSubmit')}</SubmitButton>
              </FormActions>
            </PortalForm>
          )
        }
      />
      {page.requests.length === 0 && kinds.length === 0 && (
        <Card>
          <p className="note">{t('request.none')}</p>
        </Card>
      )}
      {kinds.length > 0 && page.openRequest === null && (
        <Card title={t('request.make')}>
          <PortalForm hidden={{ intent: 'ask' }}>
            <Radios
              {...at(asking, 'kind')}
              label={t('request.what')}
              options={kinds.map((value) => ({
                value,
                label: t(`request.kind.${value}`),
                hint: t(`request.about.${value}`),
              }))}
            />
            {record.state === 'stay' && (
              <Field
                {...at(asking, 'newDate')}
                type="date"
                label={t('request.newDate')}
                hint={t('request.newDateHint')}
                optional
              />
            )}
            <TextArea
              {...at(asking, 'reason')}
              id={asking ? 'reason' : 'request-reason'}
              label={t('reason')}
              hint={t('request.reasonHint')}
              rows={4}
            />
            <FormActions>
              <SubmitButton>{t('request.send')}</SubmitButton>
            </FormActions>
          </PortalForm>
        </Card>
      )}
    </>
  );
}
