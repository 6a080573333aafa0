import { useTranslation } from 'react-i18next';
import { permits } from '#app/people/access.ts';
import { forbidden } from '#app/platform/outcome.ts';
import { refusalResponse, signedIn, state, words } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { ButtonLink } from '#app/ui/button-link.tsx';
import { Card } from '#app/ui/card.tsx';
import { Chip } from '#app/ui/chip.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { Pagination } from '#app/ui/pagination.tsx';
import { When } from '#app/ui/when.tsx';
import { audienceWords } from '../audience-words.server.ts';
import { campaignRules } from '../policy.ts';
import { listCampaigns } from '../queries.ts';
import { pageAfter } from '../schemas.ts';
import { toneOfState } from '../state-tone.ts';
import type { Route } from './+types/campaigns';

export async function loader({ context }: Route.LoaderArgs) {
  const actor = signedIn(context);
  if (!permits(campaignRules['campaigns.list'], actor, null)) throw refusalResponse(context, forbidden());
  const { url, locale } = state(context);
  const t = words(context);
  const { rows, next } = await listCampaigns(platform().db, actor, pageAfter(url));
  return {
    title: t('notifications:campaigns.title'),
    campaigns: rows.map((row) => ({
      id: row.id,
      reference: row.reference,
      subject: row.subject[locale] || row.subject.en || row.subject.ru || '—',
      state: row.state,
      institution: row.institution[locale],
      audience: audienceWords(row.audience, locale),
      recipients: row.recipients,
      stateAt: row.stateAt,
    })),
    nextHref: next ? `/campaigns?after=${next}` : undefined,
  };
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

/** The campaigns of the actor's institution, and those of the other side that concern its people. */
export default function Campaigns({ loaderData }: Route.ComponentProps) {
  const { t } = useTranslation('notifications');
  const { campaigns, nextHref } = loaderData;
  return (
    <>
      <PageHeader
        title={t('campaigns.title')}
        lede={t('campaigns.lede')}
        action={<ButtonLink href="/campaigns/new">{t('campaigns.new')}</ButtonLink>}
      />
      <Card>
        <DataTable
          caption={t('campaigns.caption')}
          rows={campaigns}
          rowKey={(row) => row.id}
          empty={<EmptyState title={t('campaigns.empty')}>{t('campaigns.emptyHint')}</EmptyState>}
          columns={[
            {
              key: 'subject',
              head: t('campaigns.subject'),
              rowHeader: true,
              cell: (row) => (
                <>
                  <a href={`/campaigns/${row.reference}`}>{row.subject}</a>
                  <span className="note block">{row.reference}</span>
                </>
              ),
            },
            {
              key: 'from',
              head: t('campaigns.from'),
              cell: (row) => row.institution,
            },
            { key: 'for', head: t('campaigns.for'), cell: (row) => row.audience },
            {
              key: 'state',
              head: t('campaigns.state'),
              cell: (row) => <Chip tone={toneOfState(row.state)}>{t(`state.${row.state}`)}</Chip>,
            },
            { key: 'when', head: t('campaigns.when'), cell: (row) => <When at={row.stateAt} year={false} /> },
          ]}
        />
        <Pagination nextHref={nextHref} />
      </Card>
    </>
  );
}
