import { useTranslation } from 'react-i18next';
import { validate as isUuid } from 'uuid';
import { answerShare } from '#app/delegations/answer-share.ts';
import { cellsOf, mayArrange, startOf, travelFileInScope } from '#app/delegations/queries.ts';
import { shareAnswerForm } from '#app/delegations/schemas.ts';
import { demandOpen } from '#app/delegations/scope.ts';
import type { Word } from '#app/delegations/share-queries.ts';
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
import { residencesKept, revealResidence } from '#app/travel/keep-residence.ts';
import { recordableOf } from '#app/travel/readiness-queries.ts';
import { titlesOf } from '#app/travel/readiness-words.ts';
import { itemForm, recordItem } from '#app/travel/record-item.ts';
import { revealTripPapers } from '#app/travel/reveal-trip-papers.ts';
import { travelPermits } from '#app/travel/trip-rights.ts';
import { Card } from '#app/ui/card.tsx';
import { Columns } from '#app/ui/columns.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { Flash } from '#app/ui/flash.tsx';
import { languageOf } from '#app/ui/language.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { TripLegs } from '../trip-legs.tsx';
import { TripPapersCard } from '../trip-papers-card.tsx';
import { TripReadiness } from '../trip-readiness.tsx';
import { TripRecordForm } from '../trip-record-form.tsx';
import { TripShares } from '../trip-shares.tsx';
import { TripStay } from '../trip-stay.tsx';
import { TripVisaData } from '../trip-visa-data.tsx';
import type { Route } from './+types/person';

export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { locale, now } = state(context);
  const { db, vaults } = platform();
  const found = await shown(context, () => {
    if (!isUuid(params.id)) throw notFound();
    return travelFileInScope(db, actor, { reference: params.ref, delegateId: params.id });
  });
  const { one, event, delegation, together, board, people } = found;
  const own = one.personId === actor.personId;
  const open = delegation.state !== 'closed';
  const namesOfMates = new Map(people.map((who) => [who.id, personName(who.name, locale)]));
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
    recordable: open ? recordableOf(actor, one.file) : [],
    revision: trip.revision,
    may: {
      arrange: open && mayArrange(actor, delegation),
      keep: open && travelPermits('travel.keepTrip', actor, trip),
      share: open && (own || mayArrange(actor, delegation)),
      answer: open && own,
    },
    own,
    shares: one.shares.map(({ mateId, mine, theirs, agreed, refused }) => ({
      mateId,
      name: namesOfMates.get(mateId) ?? '',
      mine: sayable(mine),
      theirs: sayable(theirs),
      agreed,
      refused,
    })),
    visaData: {
      residence: (await residencesKept(db, [trip.id])).size > 0,
      consulateCity: one.consulateCity,
      employerAddress: one.employerAddress,
    },
    closed: !open,
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
    stays: one.stays.map(({ id, from, to, kind }) => ({ id, from, to, kind })),
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
      const { trip, papers } = one.file;
      // What there is of the two; where there is neither, the passport says so.
      const residence = await revealResidence(db, vaults, actor, trip, reason);
      if (residence !== null && (!papers || papers.erasedAt)) return { papers: undefined, residence };
      return { papers: await revealTripPapers(db, vaults, actor, trip, reason), residence };
    });
  }
  const actor = signedIn(context);
  const page = `/delegations/${params.ref}/people/${params.id}`;
  return answer(context, typed(form), async () => {
    if (!isUuid(params.id)) throw notFound();
    const { one, delegation } = await travelFileInScope(db, actor, where);
    if (form.get('intent') === 'share') {
      const { mate, answer: word } = read(shareAnswerForm, form);
      await answerShare(db, actor, { ...where, mateId: mate, answer: word }, state(context).now);
      return done(page, `delegations:share.done.${word}`);
    }
    demandOpen(delegation);
    const today = state(context).now.toISOString().slice(0, 10);
    await recordItem(db, actor, one.file.trip.id, read(itemForm, form), today);
    return done(page, 'delegations:file.recorded');
  });
}

/** A word as the page shows it: the day, not the moment. */
const sayable = ({ answer: word, source, answeredAt }: Word) => ({
  answer: word,
  source,
  on: answeredAt?.toISOString().slice(0, 10) ?? null,
});

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

export type TravelFile = Route.ComponentProps['loaderData'];

/** One person's travel file: what is missing first, then the facts, then the papers. */
export default function PersonPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t, i18n } = useTranslation('delegations');
  const language = languageOf(i18n);
  const file = loaderData;
  const refused = actionData && 'refused' in actionData ? actionData : undefined;
  const papers = actionData && 'papers' in actionData ? actionData.papers : undefined;
  const residence = actionData && 'residence' in actionData ? actionData.residence : undefined;
  // What only the reader can answer stands first.
  const asked = file.may.answer && file.shares.some((share) => !share.mine.answer && !share.refused);
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
      {file.closed && (
        <Flash tone="idle" title={t('file.closed')}>
          {t('file.closedHint')}
        </Flash>
      )}
      <Columns
        asideLabel={t('file.papers')}
        aside={
          <>
            <TripStay file={file} />
            {file.may.arrange && (
              <Card title={t('person.card')}>
                <ul className="plain-list">
                  <li>
                    <a href={`${base}/people/${file.id}/edit`}>{t('person.edit')}</a>
                  </li>
                  <li>
                    <a href={`${base}/people/${file.id}/leave`}>{t('person.leaveLink')}</a>
                  </li>
                </ul>
              </Card>
            )}
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
        {asked && <TripShares file={file} />}
        <TripReadiness file={file} />
        {file.recordable.length > 0 && <TripRecordForm file={file} {...(refused ? { refused } : {})} />}
        <TripLegs file={file} />
        {!asked && <TripShares file={file} />}
        <TripPapersCard file={file} {...(papers ? { shown: papers } : {})} />
        <TripVisaData file={file} shown={residence} />
      </Columns>
    </>
  );
}
