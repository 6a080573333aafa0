import { useTranslation } from 'react-i18next';
import { columnsOf, sortedByUrgency, underFilter } from '#app/delegations/board-rows.ts';
import { moveDelegation } from '#app/delegations/move-delegation.ts';
import { boardOf, delegationInScope } from '#app/delegations/queries.ts';
import { boardFilter } from '#app/delegations/schemas.ts';
import { cyrillicName, latinName } from '#app/people/person-name.ts';
import { daysBetween } from '#app/platform/calendar.ts';
import { formErrors } from '#app/platform/form-errors.ts';
import { answer, done, sentForm, shown, signedIn, state, words } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { titlesOf } from '#app/travel/readiness-words.ts';
import { ButtonLink } from '#app/ui/button-link.tsx';
import { Card } from '#app/ui/card.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { Field } from '#app/ui/field.tsx';
import { Flash } from '#app/ui/flash.tsx';
import { formatDate, formatDateRange } from '#app/ui/format-when.ts';
import { languageOf } from '#app/ui/language.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { Pipe } from '#app/ui/pipe.tsx';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { BoardTable } from '../board-table.tsx';
import { DelegationAside } from '../delegation-aside.tsx';
import type { Route } from './+types/delegation';

export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { locale, now, url } = state(context);
  const { db } = platform();
  const filter = boardFilter.parse({
    show: url.searchParams.get('show') ?? undefined,
    asOf: url.searchParams.get('asOf') ?? undefined,
  });
  const today = now.toISOString().slice(0, 10);
  const asOf = filter.asOf ?? today;
  const found = await shown(context, () => delegationInScope(db, actor, params.ref));
  const { delegation, event } = found;
  const rows = await boardOf(db, delegation.id, asOf);
  const departures = rows.map((row) => row.file.trip.startsOn).sort();
  const columns = columnsOf(rows);
  const titles = titlesOf(rows[0]?.file.requirements ?? []);
  const title = event.title[locale] || event.title.en;
  return {
    title: `${title} · ${words(context)('delegations:navigation')}`,
    event: { title, reference: event.reference, startsOn: event.startsOn, endsOn: event.endsOn },
    reference: delegation.reference,
    revision: delegation.revision,
    state: delegation.state,
    home: found.home[locale],
    host: found.host[locale],
    hotel: delegation.hotel[locale] || delegation.hotel.en,
    may: found.may,
    today,
    asOf,
    show: filter.show,
    total: rows.length,
    counts: {
      everyone: rows.length,
      blocked: underFilter(rows, 'blocked', asOf).length,
      atRisk: underFilter(rows, 'atRisk', asOf).length,
      ready: underFilter(rows, 'ready', asOf).length,
      week: underFilter(rows, 'week', asOf).length,
    },
    departures: departures.length > 0 ? { from: departures[0] ?? '', to: departures.at(-1) ?? '' } : null,
    columns: columns.map((code) => ({ code, title: titles[code]?.[locale] ?? code })),
    titles,
    rows: sortedByUrgency(underFilter(rows, filter.show, asOf)).map((row) => ({
      id: row.id,
      role: row.role,
      latin: latinName(row.name),
      cyrillic: cyrillicName(row.name),
      confirmed: row.cyrillicSpelling === 'confirmed',
      tone: row.tone,
      first: row.first,
      earliestStart: row.earliestStart,
      cells: row.cells
        .filter((cell) => columns.includes(cell.code))
        .map((cell) => ({ ...cell, daysLeft: cell.actBy ? daysBetween(asOf, cell.actBy) : null })),
    })),
  };
}

export async function action({ context, request, params }: Route.ActionArgs) {
  const actor = signedIn(context);
  const form = await sentForm(context, request);
  const name = form.get('intent') === 'close' ? 'close' : 'share';
  return answer(context, {}, async () => {
    const revision = String(form.get('version') ?? '');
    const { now } = state(context);
    await moveDelegation(platform().db, actor, { reference: params.ref, name, revision }, now);
    return done(`/delegations/${params.ref}`, `delegations:board.done.${name}`);
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

export type Board = Route.ComponentProps['loaderData'];

/** The readiness board: people by requirements, what fails first on top. */
export default function DelegationPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t, i18n } = useTranslation(['delegations', 'travel', 'common']);
  const language = languageOf(i18n);
  const { reference, total, counts, show, asOf, today, departures, may, rows, event } = loaderData;
  const refused = actionData && 'refused' in actionData ? actionData : undefined;
  const query = (more: Record<string, string>) => {
    const kept = { ...(asOf === today ? {} : { asOf }), ...more };
    const text = new URLSearchParams(kept).toString();
    return `/delegations/${reference}${text ? `?${text}` : ''}`;
  };
  const pipe = (key: keyof typeof counts, label: string, tone?: 'ok' | 'risk' | 'stop') => ({
    label,
    count: counts[key],
    href: query(key === 'everyone' ? {} : { show: key }),
    current: show === key,
    ...(tone && counts[key] > 0 ? { tone } : {}),
  });
  const bringIn = may.import && (
    <ButtonLink href={`/delegations/${reference}/import`}>{t('board.import')}</ButtonLink>
  );
  const addOne = may.arrange && (
    <ButtonLink kind="quiet" href={`/delegations/${reference}/people/new`}>
      {t('person.addTitle')}
    </ButtonLink>
  );
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('list.title'), href: '/delegations' }, { label: event.title }]}
        title={t('board.title', { count: total })}
        lede={
          departures
            ? t('board.lede', {
                dates: formatDateRange(departures.from, departures.to, language),
                blocked: counts.blocked,
                atRisk: counts.atRisk,
                ready: counts.ready,
                asOf: formatDate(asOf, language),
              })
            : event.title
        }
        action={
          total > 0 && (
            <div className="actions">
              {bringIn}
              {addOne}
            </div>
          )
        }
      />
      <ErrorSummary errors={formErrors(refused)} />
      {total > 0 && (
        <>
          <Pipe
            label={t('board.pipe')}
            items={[
              pipe('everyone', t('board.filter.everyone', { count: total })),
              pipe('blocked', t('board.filter.blocked'), 'stop'),
              pipe('atRisk', t('board.filter.atRisk'), 'risk'),
              pipe('ready', t('board.filter.ready'), 'ok'),
              pipe('week', t('board.filter.week')),
            ]}
          />
          {asOf !== today && (
            <Flash tone="idle" title={t('board.pretend', { date: formatDate(asOf, language) })}>
              <a href={`/delegations/${reference}`}>{t('board.real')}</a>
            </Flash>
          )}
        </>
      )}
      <Card>
        {total === 0 ? (
          <EmptyState title={t('board.noneTitle')} action={bringIn || undefined}>
            {t('board.none')}
            {may.arrange && (
              <p>
                <a href={`/delegations/${reference}/people/new`}>{t('person.addTitle')}</a>
              </p>
            )}
          </EmptyState>
        ) : (
          <BoardTable
            reference={reference}
            rows={rows}
            columns={loaderData.columns}
            titles={loaderData.titles}
            empty={<EmptyState title={t('board.nobodyTitle')}>{t('board.nobody')}</EmptyState>}
          />
        )}
      </Card>
      {total > 0 && (
        <Card>
          <PortalForm method="get" inline label={t('board.asOf')}>
            {show !== 'everyone' && <input type="hidden" name="show" value={show} />}
            <Field name="asOf" type="date" label={t('board.asOf')} value={asOf} width="short" optional />
            <SubmitButton kind="quiet">{t('board.show')}</SubmitButton>
          </PortalForm>
        </Card>
      )}
      <DelegationAside board={loaderData} />
    </>
  );
}
