import { useTranslation } from 'react-i18next';
import { permits } from '#app/people/access.ts';
import { personName } from '#app/people/person-name.ts';
import { peopleRules } from '#app/people/policy.ts';
import { institutions, listPeople } from '#app/people/queries.ts';
import { OCCUPATIONS } from '#app/people/read-people.ts';
import { peopleFilter } from '#app/people/schemas.ts';
import { forbidden } from '#app/platform/outcome.ts';
import { refusalResponse, signedIn, state, words } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { ButtonLink } from '#app/ui/button-link.tsx';
import { Card } from '#app/ui/card.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { Field } from '#app/ui/field.tsx';
import { languageOf } from '#app/ui/language.ts';
import { MailAddress } from '#app/ui/mail-address.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { Pagination } from '#app/ui/pagination.tsx';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { Select } from '#app/ui/select.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import type { Route } from './+types/people';

export async function loader({ context }: Route.LoaderArgs) {
  const actor = signedIn(context);
  if (!permits(peopleRules['people.list'], actor, null)) throw refusalResponse(context, forbidden());
  const { url, locale } = state(context);
  const { db } = platform();
  const filter = peopleFilter.parse(Object.fromEntries(url.searchParams));
  const [page, places] = await Promise.all([listPeople(db, actor, filter), institutions(db)]);
  const pageHref = (key: 'after' | 'before', id: string | null) => {
    if (!id) return undefined;
    const query = new URLSearchParams(url.search);
    query.delete('after');
    query.delete('before');
    query.set(key, id);
    return `/people?${query}`;
  };
  return {
    title: words(context)('people:title'),
    filter,
    mayImport: permits(peopleRules['people.import'], actor, null),
    places: places.map((place) => ({ value: place.id, label: place.shortName[locale] })),
    people: page.rows.map((row) => ({
      id: row.id,
      name: personName(row, locale),
      other: personName(row, locale === 'en' ? 'ru' : 'en'),
      proposed: row.cyrillicSpelling === 'proposed',
      institution: row.organisation ?? row.institution[locale],
      occupation: row.occupation,
      email: row.email,
      locale: row.locale,
      account: row.accountId !== null,
    })),
    nextHref: pageHref('after', page.next),
    previousHref: pageHref('before', page.previous),
  };
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

/** The people of the actor's side, found in either script. */
export default function People({ loaderData }: Route.ComponentProps) {
  const { t, i18n } = useTranslation(['people', 'common']);
  const otherScript = languageOf(i18n) === 'en' ? 'ru' : 'en';
  const { people, filter, places, mayImport, nextHref, previousHref } = loaderData;
  return (
    <>
      <PageHeader
        title={t('title')}
        lede={t('lede')}
        action={
          <>
            {mayImport && <ButtonLink href="/people/import">{t('list.import')}</ButtonLink>}{' '}
            <ButtonLink href="/people/calendar" kind="quiet">
              {t('calendar.title')}
            </ButtonLink>
          </>
        }
      />
      <PortalForm method="get" inline label={t('list.search')}>
        <Field name="search" type="search" label={t('list.search')} value={filter.search ?? ''} optional />
        <Select
          name="institution"
          label={t('list.institution')}
          options={places}
          value={filter.institutionId ?? ''}
          empty={t('list.anyInstitution')}
          optional
        />
        <Select
          name="role"
          label={t('list.occupation')}
          options={OCCUPATIONS.map((role) => ({ value: role, label: t(`role.${role}`) }))}
          value={filter.occupation ?? ''}
          empty={t('list.anyRole')}
          optional
        />
        <SubmitButton kind="quiet">{t('common:button.filter')}</SubmitButton>
      </PortalForm>
      <Card>
        <DataTable
          caption={t('list.caption')}
          rows={people}
          rowKey={(row) => row.id}
          empty={<EmptyState title={t('list.empty')}>{t('list.emptyHint')}</EmptyState>}
          columns={[
            {
              key: 'name',
              head: t('list.name'),
              rowHeader: true,
              cell: (row) => (
                <>
                  <a href={`/people/${row.id}`}>{row.name}</a>
                  {row.other !== row.name && (
                    <span className="note block">
                      <span lang={otherScript}>{row.other}</span>
                      {row.proposed && ` (${t('list.proposed')})`}
                    </span>
                  )}
                </>
              ),
            },
            {
              key: 'institution',
              head: t('list.institution'),
              cell: (row) => row.institution,
            },
            {
              key: 'occupation',
              head: t('list.occupation'),
              cell: (row) => (row.occupation ? t(`role.${row.occupation}`) : '—'),
            },
            {
              key: 'email',
              head: t('list.email'),
              cell: (row) => (row.email ? <MailAddress address={row.email} /> : '—'),
            },
            { key: 'language', head: t('list.language'), cell: (row) => t(`language.${row.locale}`) },
            {
              key: 'account',
              head: t('list.account'),
              cell: (row) => t(row.account ? 'list.hasAccount' : 'list.noAccount'),
            },
          ]}
        />
        <Pagination nextHref={nextHref} previousHref={previousHref} />
      </Card>
    </>
  );
}
