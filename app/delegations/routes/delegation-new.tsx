import { useTranslation } from 'react-i18next';
import { planDelegation } from '#app/delegations/plan-delegation.ts';
import { comingEvents } from '#app/delegations/queries.ts';
import { delegationForm } from '#app/delegations/schemas.ts';
import { institutionsOf } from '#app/people/access.ts';
import { institutions } from '#app/people/queries.ts';
import { fieldError, formErrors } from '#app/platform/form-errors.ts';
import { read } from '#app/platform/forms.ts';
import { forbidden } from '#app/platform/outcome.ts';
import {
  answer,
  done,
  refusalResponse,
  sentForm,
  signedIn,
  state,
  typed,
  words,
} from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { BilingualField } from '#app/ui/bilingual-field.tsx';
import { Card } from '#app/ui/card.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { Select } from '#app/ui/select.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import type { Route } from './+types/delegation-new';

export async function loader({ context }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { locale, now } = state(context);
  const mine = institutionsOf(actor, 'coordinator', 'protocol');
  if (mine.length === 0) throw refusalResponse(context, forbidden());
  const { db } = platform();
  const [events, places] = await Promise.all([
    comingEvents(db, now.toISOString().slice(0, 10)),
    institutions(db),
  ]);
  const own = places.filter((place) => mine.includes(place.id));
  const sides = new Set(own.map((place) => place.side));
  return {
    title: words(context)('delegations:new.title'),
    // Nobody sends a delegation to their own side.
    events: events
      .filter((one) => ![...sides].every((side) => side === one.hostSide))
      .map(({ reference, title }) => ({ value: reference, label: title[locale] || title.en })),
    institutions: own.map((place) => ({ value: place.id, label: place.name[locale] })),
  };
}

export async function action({ context, request }: Route.ActionArgs) {
  const actor = signedIn(context);
  if (institutionsOf(actor, 'coordinator', 'protocol').length === 0) {
    throw refusalResponse(context, forbidden());
  }
  const form = await sentForm(context, request);
  return answer(context, typed(form), async () => {
    const { event, institution, hotel } = read(delegationForm, form);
    const input = { event, homeInstitutionId: institution, hotel };
    const reference = await planDelegation(platform().db, actor, input, state(context).now);
    return done(`/delegations/${reference}`, 'delegations:new.done');
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

/** Beginning a delegation; its people come with a list. */
export default function NewDelegation({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation('delegations');
  const refused = actionData && 'refused' in actionData ? actionData : undefined;
  const values = refused?.values ?? {};
  const at = (name: string) => {
    const error = fieldError(refused, name);
    return { name, ...(error && { error }) };
  };
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('list.title'), href: '/delegations' }, { label: t('new.title') }]}
        title={t('new.title')}
        lede={t('new.lede')}
      />
      <ErrorSummary errors={formErrors(refused)} />
      <Card>
        {loaderData.events.length === 0 ? (
          <EmptyState title={t('new.none')}>{t('new.noneHint')}</EmptyState>
        ) : (
          <PortalForm>
            <Select
              {...at('event')}
              label={t('new.event')}
              options={loaderData.events}
              value={values.event ?? ''}
            />
            <Select
              {...at('institution')}
              label={t('new.institution')}
              options={loaderData.institutions}
              value={values.institution ?? ''}
            />
            <BilingualField
              name="hotel"
              label={t('new.hotel')}
              value={{ en: values['hotel.en'] ?? '', ru: values['hotel.ru'] ?? '' }}
              optional
            />
            <FormActions>
              <SubmitButton>{t('new.act')}</SubmitButton>
            </FormActions>
          </PortalForm>
        )}
      </Card>
    </>
  );
}
