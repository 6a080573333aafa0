import { useTranslation } from 'react-i18next';
import { institutionsOf, permits } from '#app/people/access.ts';
import { grantRole } from '#app/people/grant-role.ts';
import { cyrillicName, latinName, personName } from '#app/people/person-name.ts';
import { peopleRules } from '#app/people/policy.ts';
import { institutions, personInScope } from '#app/people/queries.ts';
import { revokeGrant } from '#app/people/revoke-grant.ts';
import { GRANTABLE, grantForm, revokeForm } from '#app/people/schemas.ts';
import { formErrors } from '#app/platform/form-errors.ts';
import { read } from '#app/platform/forms.ts';
import { forbidden } from '#app/platform/outcome.ts';
import {
  answer,
  done,
  freshlySignedIn,
  sentForm,
  shown,
  signedIn,
  state,
  typed,
} from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { Card } from '#app/ui/card.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { Facts } from '#app/ui/facts.tsx';
import { Field } from '#app/ui/field.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { Select } from '#app/ui/select.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { DateOn } from '#app/ui/when.tsx';
import type { Route } from './+types/person';

export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { locale } = state(context);
  const { db } = platform();
  const [found, places] = await Promise.all([
    shown(context, () => personInScope(db, actor, params.id)),
    institutions(db),
  ]);
  const { person, institution, grants, accountId } = found;
  const mine = (institutionId: string) =>
    permits(peopleRules['people.grant'], actor, { institutionId, personId: person.id });
  return {
    name: personName(person, locale),
    latin: latinName(person),
    cyrillic: cyrillicName(person),
    cyrillicSpelling: person.cyrillicSpelling,
    institution: person.organisation ?? institution.name[locale],
    side: institution.side,
    position: person.position?.[locale] || person.position?.en || null,
    email: person.email,
    locale: person.locale,
    account: accountId !== null,
    grants: grants.map(({ grant, institution: at }) => ({
      id: grant.id,
      role: grant.role,
      at: at.shortName[locale],
      since: grant.validFrom,
      until: grant.validUntil,
      mayRevoke: mine(grant.institutionId),
    })),
    places: places.filter((at) => mine(at.id)).map((at) => ({ value: at.id, label: at.shortName[locale] })),
  };
}

export async function action({ request, context, params }: Route.ActionArgs) {
  const actor = freshlySignedIn(context);
  const form = await sentForm(context, request);
  const { db } = platform();
  const here = `/people/${params.id}`;
  return answer(context, typed(form), async () => {
    // The pen is asked for before what was typed is judged.
    const { person } = await personInScope(db, actor, params.id);
    const administered = institutionsOf(actor, 'institution-admin');
    const mine = (institutionId: string) =>
      permits(peopleRules['people.grant'], actor, { institutionId, personId: person.id });
    if (!administered.some(mine)) throw forbidden('people.grantNotYours');
    if (form.has('grant')) {
      const { grant } = read(revokeForm, form);
      await revokeGrant(db, actor, { personId: params.id, grantId: grant });
      return done(here, 'people:grants.revoked');
    }
    const { role, institution, validUntil } = read(grantForm, form);
    await grantRole(db, actor, { personId: params.id, institutionId: institution, role, validUntil });
    return done(here, 'people:grants.given');
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.name)];

/** One person: names in both scripts, and the roles given to them. */
export default function PersonPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation(['people', 'common']);
  const refused = actionData && 'refused' in actionData ? actionData : null;
  const errors = refused?.refused.fields ?? {};
  const { grants, places } = loaderData;
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('title'), href: '/people' }, { label: loaderData.name }]}
        title={loaderData.name}
        lede={
          loaderData.side
            ? `${loaderData.institution} · ${t(`person.side.${loaderData.side}`)}`
            : loaderData.institution
        }
      />
      {refused && (
        <ErrorSummary
          title={refused.refused.sentence}
          errors={formErrors(refused, {
            role: t('grants.role'),
            institution: t('grants.institution'),
            validUntil: t('grants.validUntil'),
          })}
        />
      )}
      <Card title={t('person.facts')}>
        <Facts
          facts={[
            {
              term: t('person.latin'),
              value: loaderData.latin ? <span lang="en">{loaderData.latin}</span> : t('person.missing'),
            },
            {
              term: t('person.cyrillic'),
              value: (
                <>
                  {loaderData.cyrillic ? <span lang="ru">{loaderData.cyrillic}</span> : t('person.missing')}
                  {loaderData.cyrillicSpelling === 'proposed' && (
                    <span className="note"> ({t('person.proposed')})</span>
                  )}
                </>
              ),
            },
            { term: t('person.position'), value: loaderData.position ?? '—' },
            { term: t('person.email'), value: loaderData.email ?? '—' },
            { term: t('person.language'), value: t(`language.${loaderData.locale}`) },
            {
              term: t('person.account'),
              value: t(loaderData.account ? 'list.hasAccount' : 'list.noAccount'),
            },
          ]}
        />
      </Card>
      <Card title={t('grants.title')}>
        {grants.length === 0 && <p>{t('grants.none')}</p>}
        <ul className="plain-list">
          {grants.map((grant) => (
            <li key={grant.id}>
              <div>
                <b>{t(`role.${grant.role}`)}</b> {t('grants.at', { institution: grant.at })}
                <span className="note block">
                  <DateOn on={grant.since} />
                  {grant.until && (
                    <>
                      {' – '}
                      <DateOn on={grant.until} />
                    </>
                  )}
                </span>
              </div>
              {grant.mayRevoke && (
                <PortalForm inline hidden={{ grant: grant.id }} label={t('grants.revoke')}>
                  <SubmitButton kind="stop">{t('grants.revoke')}</SubmitButton>
                </PortalForm>
              )}
            </li>
          ))}
        </ul>
        <p className="note">{t('grants.hint')}</p>
      </Card>
      {places.length > 0 && (
        <Card title={t('grants.giveTitle')}>
          <PortalForm>
            <Select
              name="role"
              label={t('grants.role')}
              options={GRANTABLE.map((role) => ({ value: role, label: t(`role.${role}`) }))}
              value={refused?.values.role ?? ''}
              empty={t('common:form.choose')}
              error={errors.role?.[0]}
            />
            <Select
              name="institution"
              label={t('grants.institution')}
              options={places}
              value={refused?.values.institution ?? places[0]?.value ?? ''}
              error={errors.institution?.[0]}
            />
            <Field
              name="validUntil"
              type="date"
              label={t('grants.validUntil')}
              hint={t('grants.validUntilHint')}
              value={refused?.values.validUntil ?? ''}
              error={errors.validUntil?.[0]}
              optional
            />
            <FormActions>
              <SubmitButton>{t('grants.give')}</SubmitButton>
            </FormActions>
          </PortalForm>
        </Card>
      )}
    </>
  );
}
