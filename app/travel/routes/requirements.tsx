import { useTranslation } from 'react-i18next';
import { shown, signedIn, state, words } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { ButtonLink } from '#app/ui/button-link.tsx';
import { Card } from '#app/ui/card.tsx';
import { Chip } from '#app/ui/chip.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { languageOf } from '#app/ui/language.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { DateOn } from '#app/ui/when.tsx';
import { appliesLine } from '../applies-words.ts';
import { administered, definitionsOf } from '../requirement-queries.ts';
import type { Route } from './+types/requirements';

export async function loader({ context }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { locale, url } = state(context);
  const { db } = platform();
  return shown(context, async () => {
    const { places, chosen } = await administered(db, actor, url.searchParams.get('institution'));
    const query = places.length > 1 ? `?institution=${encodeURIComponent(chosen.code)}` : '';
    return {
      title: words(context)('travel:definition.heading'),
      institution: chosen.name[locale],
      others: places
        .filter((place) => place.id !== chosen.id)
        .map((place) => ({ code: place.code, name: place.shortName[locale] })),
      query,
      definitions: await definitionsOf(db, chosen.id),
    };
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

/** What an institution asks for of those it sends and of those it receives. */
export default function Requirements({ loaderData }: Route.ComponentProps) {
  const { t, i18n } = useTranslation('travel');
  const language = languageOf(i18n);
  const say = t as unknown as (key: string, params?: object) => string;
  const { institution, others, query, definitions } = loaderData;
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('title'), href: '/travel' }, { label: t('definition.heading') }]}
        title={t('definition.heading')}
        lede={t('definition.lede', { institution })}
        action={<ButtonLink href={`/travel/requirements/new${query}`}>{t('definition.add')}</ButtonLink>}
      />
      {others.length > 0 && (
        <p className="note mb-4">
          {t('definition.others')}{' '}
          {others.map((other) => (
            <a key={other.code} href={`/travel/requirements?institution=${encodeURIComponent(other.code)}`}>
              {other.name}
            </a>
          ))}
        </p>
      )}
      {(['home', 'host'] as const).map((party) => (
        <Card key={party} title={t(`definition.party.${party}`)}>
          <DataTable
            caption={t(`definition.party.${party}`)}
            rows={definitions.filter((one) => one.party === party)}
            rowKey={(one) => one.code}
            columns={[
              {
                key: 'title',
                head: t('definition.requirement'),
                rowHeader: true,
                cell: (one) => (
                  <>
                    <a href={`/travel/requirements/${one.code}${query}`}>{one.title[language]}</a>
                    <span className="note block">{appliesLine(one.applies, say)}</span>
                  </>
                ),
              },
              { key: 'owner', head: t('definition.owner'), cell: (one) => t(`owner.${one.owner}`) },
              {
                key: 'lead',
                head: t('definition.leadDays'),
                align: 'end',
                cell: (one) => t(`lead.${one.leadUnit}`, { days: one.leadDays }),
              },
              {
                key: 'source',
                head: t('definition.source'),
                cell: (one) =>
                  one.source ? (
                    <>
                      {one.source[language]}
                      {one.sourceOn && (
                        <span className="note block">
                          {t('definition.readOn')} <DateOn on={one.sourceOn} />
                        </span>
                      )}
                    </>
                  ) : (
                    <span className="note">{t('definition.assumption')}</span>
                  ),
              },
              {
                key: 'state',
                head: t('definition.state'),
                cell: (one) => (
                  <>
                    <Chip tone={one.active ? 'ok' : 'idle'}>
                      {t(one.active ? 'definition.isActive' : 'definition.isOff')}
                    </Chip>
                    {one.origin !== 'default' && (
                      <span className="note block">{t(`definition.origin.${one.origin}`)}</span>
                    )}
                  </>
                ),
              },
            ]}
          />
        </Card>
      ))}
    </>
  );
}
