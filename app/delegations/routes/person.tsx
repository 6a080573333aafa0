import { useTranslation } from 'react-i18next';
import { validate as isUuid } from 'uuid';
import { cellsOf, startOf, travelFileInScope } from '#app/delegations/queries.ts';
import { cyrillicName, latinName, personName } from '#app/people/person-name.ts';
import { formErrors } from '#app/platform/form-errors.ts';
import { read } from '#app/platform/forms.ts';
import { notFound } from '#app/platform/outcome.ts';
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
import { toneOf } from '#app/travel/assess-readiness.ts';
import { recordableOf } from '#app/travel/readiness-queries.ts';
import { titlesOf } from '#app/travel/readiness-words.ts';
import { itemForm, recordItem } from '#app/travel/record-item.ts';
import { revealTripPapers } from '#app/travel/reveal-trip-papers.ts';
import { travelPermits } from '#app/travel/trip-rights.ts';
import { Card } from '#app/ui/card.tsx';
import { Columns } from '#app/ui/columns.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { languageOf } from '#app/ui/language.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { TripLegs } from '../trip-legs.tsx';
import { TripPapersCard } from '../trip-papers-card.tsx';
import { TripReadiness } from '../trip-readiness.tsx';
import { TripRecordForm } from '../trip-record-form.tsx';
import { TripStay } from '../trip-stay.tsx';
import type { Route } from './+types/person';

export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { locale, now } = state(context);
  const { db, vaults } = platform();
  const found = await shown(context, () => {
    if (!isUuid(params.id)) throw notFound();
    return travelFileInScope(db, actor, { reference: params.ref, delegateId: params.id });
  });
  const { one, event, delegation, together, board } = found;
  const { trip, legs, legProblems, papers } = one.file;
  const today = now.toISOString().slice(0, 10);
  const cells = cellsOf(one, today);
  return {
    title: `${latinName(one.name)} · ${event.reference}`,
    latin: latinName(one.name),
    cyrillic: cyrillicName(one.name),
    confirmed: one.cyrillicSpelling === 'confirmed',
    role: one.role,
    reference: delegation.reference,
    id: one.id,
    board,
    event: event.title[locale] || event.title.en,
    cells: cells.filter((cell) => cell.reason !== 'notNeeded'),
    titles: titlesOf(one.file.requirements),
    startsOn: trip.startsOn,
    red: toneOf(cells) === 'stop',
    earliestStart: startOf(one, cells, today),
    recordable: recordableOf(actor, one.file),
    revision: trip.revision,
    legs: legs.map(({ id, fromCode, toCode, carrier, departsLocal, arrivesLocal }) => ({
      id,
      fromCode,
      toCode,
      carrier,
      departsLocal,
      arrivesLocal,
    })),
    legProblems: legProblems.map(({ leg, code, tone, params: values }) => ({
      leg,
      code,
      tone,
      params: values,
    })),
    papers: papers && {
      validUntil: papers.validUntil,
      eraseOn: trip.eraseOn,
      erasedOn: papers.erasedAt?.toISOString().slice(0, 10) ?? null,
    },
    mayReveal: travelPermits('travel.revealTrip', actor, trip),
    away: !(await vaults[trip.homeSide].available()),
    stay: one.stay && { from: one.stay.from, to: one.stay.to, kind: one.stay.kind },
    hotel: delegation.hotel[locale] || delegation.hotel.en,
    mates: together.map((who) => personName(who.name, locale)),
  };
}

export async function action({ context, request, params }: Route.ActionArgs) {
  const form = await sentForm(context, request);
  const { db, vaults } = platform();
  const where = { reference: params.ref, delegateId: params.id };
  if (form.get('intent') === 'reveal') {
    const actor = freshlySignedIn(context);
    return answer(context, {}, async () => {
      if (!isUuid(params.id)) throw notFound();
      const { one } = await travelFileInScope(db, actor, where);
      const reason = one.personId === actor.personId ? 'own' : 'officer';
      const papers = await revealTripPapers(db, vaults, actor, one.file.trip, reason);
      return { papers };
    });
  }
  const actor = signedIn(context);
  return answer(context, typed(form), async () => {
    if (!isUuid(params.id)) throw notFound();
    const { one } = await travelFileInScope(db, actor, where);
    const today = state(context).now.toISOString().slice(0, 10);
    await recordItem(db, actor, one.file.trip.id, read(itemForm, form), today);
    return done(`/delegations/${params.ref}/people/${params.id}`, 'delegations:file.recorded');
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

export type TravelFile = Route.ComponentProps['loaderData'];

/** One person's travel file: what is missing first, then the facts, then the papers. */
export default function PersonPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t, i18n } = useTranslation('delegations');
  const language = languageOf(i18n);
  const file = loaderData;
  const refused = actionData && 'refused' in actionData ? actionData : undefined;
  const papers = actionData && 'papers' in actionData ? actionData.papers : undefined;
  const base = `/delegations/${file.reference}`;
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('list.title'), href: '/delegations' },
          file.board ? { label: file.event, href: base } : { label: file.event },
          { label: file.latin || file.cyrillic },
        ]}
        title={language === 'ru' ? file.cyrillic || file.latin : file.latin || file.cyrillic}
        lede={[
          t(`role.${file.role}`),
          language === 'ru' ? file.latin : file.cyrillic,
          file.confirmed ? '' : t('board.unconfirmed'),
        ]
          .filter(Boolean)
          .join(' · ')}
      />
      <ErrorSummary errors={formErrors(refused)} />
      <Columns
        asideLabel={t('file.papers')}
        aside={
          <>
            <TripStay file={file} />
            <Card title={t('file.papers')}>
              <ul className="plain-list">
                <li>
                  <a href={`${base}/people/${file.id}/itinerary.pdf`}>{t('file.pdf')}</a>
                </li>
                <li>
                  <a href={`${base}/people/${file.id}/itinerary.ics`}>{t('file.ics')}</a>
                </li>
              </ul>
            </Card>
          </>
        }
      >
        <TripReadiness file={file} />
        {file.recordable.length > 0 && <TripRecordForm file={file} {...(refused ? { refused } : {})} />}
        <TripLegs file={file} />
        <TripPapersCard file={file} {...(papers ? { shown: papers } : {})} />
      </Columns>
    </>
  );
}
