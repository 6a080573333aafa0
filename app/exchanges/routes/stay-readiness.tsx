import { useTranslation } from 'react-i18next';
import { fieldError, formErrors } from '#app/platform/form-errors.ts';
import { read } from '#app/platform/forms.ts';
import { forbidden, notFound } from '#app/platform/outcome.ts';
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
import { itemForm, recordItem } from '#app/travel/record-item.ts';
import { Card } from '#app/ui/card.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { Field } from '#app/ui/field.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { languageOf } from '#app/ui/language.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { Select } from '#app/ui/select.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { stayPage } from '../placements/placement-queries.ts';
import { stayCrumbs } from '../placements/stay-crumbs.ts';
import { StayReadiness } from '../placements/stay-readiness.tsx';
import type { Route } from './+types/stay-readiness';

const STATES = ['asked', 'done', 'refused', 'not-needed'] as const;

export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  return shown(context, async () => ({
    page: await stayPage(platform().db, actor, params.ref, state(context).now),
    title: words(context)('placements:readiness.title'),
  }));
}

export async function action({ request, context, params }: Route.ActionArgs) {
  const actor = signedIn(context);
  const form = await sentForm(context, request);
  const { db } = platform();
  const { now } = state(context);
  return answer(context, typed(form), async () => {
    const page = await stayPage(db, actor, params.ref, now);
    // The host supervisor reads what is missing; the pens are the travel room's to give.
    if (page.recordable.length === 0) throw forbidden();
    if (!page.readiness) throw notFound();
    await recordItem(db, actor, page.readiness.tripId, read(itemForm, form), now.toISOString().slice(0, 10));
    return done(`/exchanges/${params.ref}/readiness`, 'placements:flash.recorded');
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  pageTitle(loaderData?.title, loaderData?.page.record.reference),
];

/** What the journey needs, and the form in which each party writes down its own part. */
export default function StayReadinessPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t, i18n } = useTranslation(['placements', 'exchanges', 'travel']);
  const language = languageOf(i18n);
  const { page, title } = loaderData;
  const { readiness, recordable, record } = page;
  const refused = actionData && 'values' in actionData ? (actionData as Refused) : undefined;
  const at = (name: string) => {
    const error = fieldError(refused, name);
    return { name, value: refused?.values[name] ?? '', ...(error ? { error } : {}) };
  };
  const mine = readiness?.items.filter((one) => recordable.includes(one.code)) ?? [];
  return (
    <>
      <PageHeader crumbs={stayCrumbs(t, record.reference, title)} title={title} lede={page.title} />
      <ErrorSummary errors={formErrors(refused)} title={refused?.refused.sentence} />
      {readiness ? (
        <StayReadiness page={{ ...page, recordable: [] }} />
      ) : (
        <Card>
          <p className="note">{t('readiness.notYet')}</p>
        </Card>
      )}
      {mine.length > 0 && readiness && (
        <Card title={t('readiness.record')}>
          <PortalForm hidden={{ version: readiness.revision }}>
            <Select
              {...at('requirement')}
              label={t('readiness.requirement')}
              options={mine.map((one) => ({ value: one.code, label: one.title[language] || one.title.en }))}
              width="medium"
            />
            <Select
              {...at('state')}
              label={t('readiness.state')}
              options={STATES.map((value) => ({ value, label: t(`travel:itemState.${value}`) }))}
              width="medium"
            />
            <Field
              {...at('on')}
              type="date"
              label={t('readiness.on')}
              hint={t('readiness.onHint')}
              optional
            />
            <Field {...at('validUntil')} type="date" label={t('readiness.validUntil')} optional />
            <FormActions>
              <SubmitButton>{t('readiness.save')}</SubmitButton>
            </FormActions>
          </PortalForm>
        </Card>
      )}
    </>
  );
}
