import { useTranslation } from 'react-i18next';
import { bothLabels, formErrors } from '#app/platform/form-errors.ts';
import { read } from '#app/platform/forms.ts';
import { answer, done, sentForm, shown, signedIn, state, typed } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { Card } from '#app/ui/card.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { languageOf } from '#app/ui/language.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { appliesLine } from '../applies-words.ts';
import { RequirementFields } from '../requirement-fields.tsx';
import { requirementForm } from '../requirement-form.ts';
import { administered, definitionOf } from '../requirement-queries.ts';
import { restoreRequirement, saveRequirement } from '../save-requirement.ts';
import type { Route } from './+types/requirement';

export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { locale, url } = state(context);
  const { db } = platform();
  return shown(context, async () => {
    const { places, chosen } = await administered(db, actor, url.searchParams.get('institution'));
    const definition = await definitionOf(db, chosen.id, params.code);
    return {
      title: definition.title[locale],
      institution: chosen.name[locale],
      list: `/travel/requirements${places.length > 1 ? `?institution=${encodeURIComponent(chosen.code)}` : ''}`,
      definition,
    };
  });
}

export async function action({ context, request, params }: Route.ActionArgs) {
  const actor = signedIn(context);
  const { url } = state(context);
  const { db } = platform();
  const form = await sentForm(context, request);
  return answer(context, typed(form), async () => {
    const asked = url.searchParams.get('institution');
    const { chosen } = await administered(db, actor, asked);
    const where = { institutionId: chosen.id, code: params.code };
    const back = `/travel/requirements${asked ? `?institution=${encodeURIComponent(chosen.code)}` : ''}`;
    if (form.get('intent') === 'restore') {
      await restoreRequirement(db, actor, where, String(form.get('version') ?? ''));
      return done(back, 'travel:definition.restored');
    }
    const { version, ...input } = read(requirementForm, form);
    await saveRequirement(db, actor, where, input, version ?? null);
    return done(back, 'travel:definition.saved');
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

/** One requirement as the institution's administrator changes it; the portal's default can come back. */
export default function RequirementPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t, i18n } = useTranslation(['travel', 'common']);
  const language = languageOf(i18n);
  const say = t as unknown as (key: string, params?: object) => string;
  const { definition, institution, list } = loaderData;
  const refused = actionData && 'refused' in actionData ? actionData : undefined;
  const languages = { en: t('common:form.inLanguage.en'), ru: t('common:form.inLanguage.ru') };
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('title'), href: '/travel' },
          { label: t('definition.heading'), href: list },
          { label: definition.title[language] },
        ]}
        title={definition.title[language]}
        lede={t(`definition.editLede.${definition.party}`, { institution })}
      />
      <ErrorSummary
        errors={formErrors(refused, {
          ...bothLabels('title', t('definition.title'), languages),
          ...bothLabels('source', t('definition.source'), languages),
          owner: t('definition.owner'),
          leadDays: t('definition.leadDays'),
          minDays: t('definition.minDays'),
          purposes: t('definition.purposes'),
        })}
      />
      <Card>
        <p className="note">
          {t('definition.appliesTo')} {appliesLine(definition.applies, say)}.
        </p>
        <PortalForm hidden={{ version: definition.revision ?? '' }}>
          <RequirementFields
            definition={definition}
            party={definition.party}
            {...(refused ? { refused } : {})}
          />
          <FormActions>
            <SubmitButton>{t('common:button.save')}</SubmitButton>
          </FormActions>
        </PortalForm>
      </Card>
      {definition.origin === 'changed' && (
        <Card title={t('definition.restoreTitle')}>
          <PortalForm hidden={{ version: definition.revision ?? '', intent: 'restore' }}>
            <p className="note">{t('definition.restoreHint')}</p>
            <SubmitButton kind="quiet">{t('definition.restore')}</SubmitButton>
          </PortalForm>
        </Card>
      )}
    </>
  );
}
