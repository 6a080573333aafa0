import { useTranslation } from 'react-i18next';
import { delegatesOf, delegationInScope } from '#app/delegations/queries.ts';
import { needVisa } from '#app/delegations/visa-support-list.ts';
import { personName } from '#app/people/person-name.ts';
import { forbidden } from '#app/platform/outcome.ts';
import { shown, signedIn, state, words } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { Card } from '#app/ui/card.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { Flash } from '#app/ui/flash.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import type { Route } from './+types/visa-support';

export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { locale } = state(context);
  const { db, vaults } = platform();
  const { delegation, event, people } = await shown(context, async () => {
    const found = await delegationInScope(db, actor, params.ref);
    if (!found.may.visaList) throw forbidden();
    return { ...found, people: needVisa(await delegatesOf(db, found.delegation.id)) };
  });
  const kept = people.filter((one) => one.file.papers && !one.file.papers.erasedAt);
  return {
    title: words(context)('delegations:papers.page.title'),
    event: event.title[locale] || event.title.en,
    reference: delegation.reference,
    count: people.length,
    kept: kept.length,
    erased: people.some((one) => one.file.papers?.erasedAt),
    without: people.filter((one) => !one.file.papers).map((one) => personName(one.name, locale)),
    unconfirmed: people
      .filter((one) => one.cyrillicSpelling !== 'confirmed')
      .map((one) => personName(one.name, locale)),
    away: !(await vaults[delegation.homeSide].available()),
  };
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

/** What the visa-support list will hold and lack, before a look at passports is asked for. */
export default function VisaSupport({ loaderData }: Route.ComponentProps) {
  const { t } = useTranslation('delegations');
  const { reference, count, kept, erased, without, unconfirmed, away } = loaderData;
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('list.title'), href: '/delegations' },
          { label: loaderData.event, href: `/delegations/${reference}` },
          { label: t('papers.page.title') },
        ]}
        title={t('papers.page.title')}
        lede={t('papers.page.lede')}
      />
      {away && (
        <Flash tone="risk" title={t('papers.page.away')}>
          {t('papers.page.awayHint')}
        </Flash>
      )}
      <Card title={t('papers.page.people', { count })}>
        {kept === 0 ? (
          <EmptyState title={t('papers.page.none')}>
            {erased ? t('papers.page.erased') : t('papers.page.noneHint')}
          </EmptyState>
        ) : (
          <>
            <p>{t('papers.page.kept', { count: kept })}</p>
            {without.length > 0 && <p>{t('papers.page.without', { names: without.join(', ') })}</p>}
            {unconfirmed.length > 0 && (
              <p>{t('papers.page.unconfirmed', { names: unconfirmed.join(', ') })}</p>
            )}
            <p>{t('papers.page.fillIn')}</p>
            <p className="note">{t('papers.page.note')}</p>
            {!away && (
              <PortalForm action={`/delegations/${reference}/papers/visa.xlsx`}>
                <SubmitButton>{t('papers.page.act')}</SubmitButton>
              </PortalForm>
            )}
          </>
        )}
      </Card>
    </>
  );
}
