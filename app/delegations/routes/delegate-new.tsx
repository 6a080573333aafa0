import { useTranslation } from 'react-i18next';
import { addDelegate } from '#app/delegations/add-delegate.ts';
import { employersFor } from '#app/delegations/arranged-queries.ts';
import { delegationInScope } from '#app/delegations/queries.ts';
import { newDelegate } from '#app/delegations/schemas.ts';
import { demandOpen } from '#app/delegations/scope.ts';
import { read } from '#app/platform/forms.ts';
import { forbidden } from '#app/platform/outcome.ts';
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
import { Field } from '#app/ui/field.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { Select } from '#app/ui/select.tsx';
import { DelegateFields, useDelegateLabels } from '../delegate-fields.tsx';
import { fieldProps } from '../field-props.ts';
import { FormCard } from '../form-card.tsx';
import type { Route } from './+types/delegate-new';

export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { locale } = state(context);
  const { db } = platform();
  const { delegation, event } = await shown(context, async () => {
    const found = await delegationInScope(db, actor, params.ref);
    if (!found.may.arrange) throw forbidden();
    demandOpen(found.delegation);
    return found;
  });
  return {
    title: words(context)('delegations:person.addTitle'),
    reference: delegation.reference,
    event: event.title[locale] || event.title.en,
    employers: await employersFor(db, delegation.homeSide, locale),
  };
}

export async function action({ context, request, params }: Route.ActionArgs) {
  const actor = signedIn(context);
  const form = await sentForm(context, request);
  return answer(context, typed(form), async () => {
    const { db } = platform();
    // Whose page it is not learns nothing of the form.
    const { may } = await delegationInScope(db, actor, params.ref);
    if (!may.arrange) throw forbidden();
    const id = await addDelegate(db, actor, params.ref, read(newDelegate, form), state(context).now);
    return done(`/delegations/${params.ref}/people/${id}`, 'delegations:person.added');
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

/** One person more, without a list. */
export default function NewDelegate({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation('delegations');
  const refused = actionData && 'refused' in actionData ? actionData : undefined;
  const labels = {
    email: t('person.email'),
    familyName: t('papers.column.family'),
    givenName: t('papers.column.given'),
    sex: t('papers.column.sex'),
    citizenship: t('papers.column.citizenship'),
  };
  const at = fieldProps(labels, refused);
  const base = `/delegations/${loaderData.reference}`;
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('list.title'), href: '/delegations' },
          { label: loaderData.event, href: base },
          { label: t('person.addTitle') },
        ]}
        title={t('person.addTitle')}
        lede={t('person.addLede')}
      />
      <FormCard
        refused={refused}
        labels={{ ...labels, ...useDelegateLabels() }}
        submit={t('person.add')}
        back={base}
      >
        <Field {...at('email')} type="email" hint={t('person.emailHint')} autoComplete="off" />
        <Field {...at('familyName')} hint={t('person.nameHint')} autoComplete="off" spellCheck={false} />
        <Field {...at('givenName')} autoComplete="off" spellCheck={false} />
        <Select
          {...at('sex')}
          options={(['f', 'm'] as const).map((value) => ({ value, label: t(`sex.${value}`) }))}
          width="short"
          optional
        />
        <Field
          {...at('citizenship')}
          hint={t('person.citizenshipHint')}
          width="short"
          maxLength={3}
          optional
        />
        <DelegateFields employers={loaderData.employers} refused={refused} stands={{ role: 'member' }} />
      </FormCard>
    </>
  );
}
