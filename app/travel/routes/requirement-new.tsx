import { useTranslation } from 'react-i18next';
import { bothLabels, fieldError, formErrors } from '#app/platform/form-errors.ts';
import { read } from '#app/platform/forms.ts';
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
import { Radios } from '#app/ui/choices.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { RequirementFields } from '../requirement-fields.tsx';
import { ownRequirementForm } from '../requirement-form.ts';
import { administered } from '../requirement-queries.ts';
import { addRequirement } from '../save-requirement.ts';
import type { Route } from './+types/requirement-new';

export async function loader({ context }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { locale, url } = state(context);
  return shown(context, async () => {
    const { places, chosen } = await administered(platform().db, actor, url.searchParams.get('institution'));
    return {
      title: words(context)('travel:definition.add'),
      institution: chosen.name[locale],
      list: `/travel/requirements${places.length > 1 ? `?institution=${encodeURIComponent(chosen.code)}` : ''}`,
    };
  });
}

export async function action({ context, request }: Route.ActionArgs) {
  const actor = signedIn(context);
  const { url } = state(context);
  const { db } = platform();
  const form = await sentForm(context, request);
  return answer(context, typed(form), async () => {
    const asked = url.searchParams.get('institution');
    const { chosen } = await administered(db, actor, asked);
    await addRequirement(db, actor, chosen.id, read(ownRequirementForm, form));
    const query = asked ? `?institution=${encodeURIComponent(chosen.code)}` : '';
    return done(`/travel/requirements${query}`, 'travel:definition.added');
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

/** A requirement of an institution's own. */
export default function NewRequirement({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation(['travel', 'common']);
  const refused = actionData && 'refused' in actionData ? actionData : undefined;
  const languages = { en: t('common:form.inLanguage.en'), ru: t('common:form.inLanguage.ru') };
  const partyError = fieldError(refused, 'party');
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('title'), href: '/travel' },
          { label: t('definition.heading'), href: loaderData.list },
          { label: t('definition.add') },
        ]}
        title={t('definition.add')}
        lede={t('definition.addLede', { institution: loaderData.institution })}
      />
      <ErrorSummary
        errors={formErrors(refused, {
          ...bothLabels('title', t('definition.title'), languages),
          ...bothLabels('source', t('definition.source'), languages),
          party: t('definition.whose'),
          owner: t('definition.owner'),
          leadDays: t('definition.leadDays'),
          minDays: t('definition.minDays'),
          purposes: t('definition.purposes'),
        })}
      />
      <Card>
        <PortalForm>
          <Radios
            name="party"
            label={t('definition.whose')}
            value={refused?.values.party ?? ''}
            options={(['home', 'host'] as const).map((party) => ({
              value: party,
              label: t(`definition.party.${party}`),
            }))}
            {...(partyError && { error: partyError })}
          />
          <RequirementFields {...(refused ? { refused } : {})} />
          <FormActions>
            <SubmitButton>{t('definition.act')}</SubmitButton>
          </FormActions>
        </PortalForm>
      </Card>
    </>
  );
}
