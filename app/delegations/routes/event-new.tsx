import { useTranslation } from 'react-i18next';
import { planEvent } from '#app/delegations/plan-event.ts';
import { eventForm } from '#app/delegations/schemas.ts';
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
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { Field } from '#app/ui/field.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { Select } from '#app/ui/select.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import type { Route } from './+types/event-new';

export async function loader({ context }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const mine = institutionsOf(actor, 'coordinator', 'protocol');
  if (mine.length === 0) throw refusalResponse(context, forbidden());
  const { locale } = state(context);
  const places = await institutions(platform().db);
  return {
    title: words(context)('delegations:newEvent.title'),
    institutions: places
      .filter((place) => place.side !== null && mine.includes(place.id))
      .map((place) => ({ value: place.id, label: place.name[locale] })),
  };
}

export async function action({ context, request }: Route.ActionArgs) {
  const actor = signedIn(context);
  if (institutionsOf(actor, 'coordinator', 'protocol').length === 0) {
    throw refusalResponse(context, forbidden());
  }
  const form = await sentForm(context, request);
  const { db } = platform();
  return answer(context, typed(form), async () => {
    const { institution, ...event } = read(eventForm, form);
    const host = (await institutions(db)).find((place) => place.id === institution);
    if (!host) throw forbidden();
    await planEvent(db, actor, { ...event, hostInstitutionId: host.id, timeZone: host.timeZone });
    return done(`/events/${event.reference}`, 'delegations:newEvent.done');
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

/** The host announces an event; its programme comes with a list, and the other side sends its people. */
export default function NewEvent({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation('delegations');
  const refused = actionData && 'refused' in actionData ? actionData : undefined;
  const values = refused?.values ?? {};
  const one = (name: string) => {
    const error = fieldError(refused, name);
    return { name, value: values[name] ?? '', ...(error && { error }) };
  };
  const both = (name: string) => ({
    name,
    value: { en: values[`${name}.en`] ?? '', ru: values[`${name}.ru`] ?? '' },
    error: Object.fromEntries(
      ['en', 'ru'].flatMap((locale) => {
        const error = fieldError(refused, `${name}.${locale}`);
        return error ? [[locale, error]] : [];
      }),
    ),
  });
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('list.title'), href: '/delegations' }, { label: t('newEvent.title') }]}
        title={t('newEvent.title')}
        lede={t('newEvent.lede')}
      />
      <ErrorSummary errors={formErrors(refused)} />
      <Card>
        <PortalForm>
          <BilingualField {...both('title')} label={t('newEvent.name')} />
          <Field {...one('reference')} label={t('newEvent.reference')} hint={t('newEvent.referenceHint')} />
          <Select
            {...one('institution')}
            label={t('newEvent.institution')}
            options={loaderData.institutions}
          />
          <Field {...one('startsOn')} type="date" label={t('newEvent.startsOn')} />
          <Field {...one('endsOn')} type="date" label={t('newEvent.endsOn')} />
          <BilingualField {...both('city')} label={t('newEvent.city')} />
          <BilingualField {...both('venue')} label={t('newEvent.venue')} />
          <BilingualField {...both('summary')} label={t('newEvent.summary')} rows={4} />
          <FormActions>
            <SubmitButton>{t('newEvent.act')}</SubmitButton>
          </FormActions>
        </PortalForm>
      </Card>
    </>
  );
}
