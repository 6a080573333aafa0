import { useTranslation } from 'react-i18next';
import { personName } from '#app/people/person-name.ts';
import { shown, signedIn, state } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { Bridge } from '#app/ui/bridge.tsx';
import { ButtonLink } from '#app/ui/button-link.tsx';
import { Card } from '#app/ui/card.tsx';
import { Columns } from '#app/ui/columns.tsx';
import { formatSize } from '#app/ui/format-size.ts';
import { History } from '#app/ui/history.tsx';
import { languageOf } from '#app/ui/language.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { TypedLine } from '#app/ui/typed-line.tsx';
import { EndorsementCard, PapersActions, WorkPlanCard } from '../application-cards.tsx';
import { applicationReading } from '../application-reading.ts';
import { AppealsCard, CorrectionsCard, LettersCard, QuestionsCard } from '../decision-cards.tsx';
import { ExchangeFacts } from '../exchange-facts.tsx';
import { ExchangeTurn } from '../exchange-turn.tsx';
import { inLanguage } from '../localized.ts';
import { piersOf } from '../piers.ts';
import { PlacementCards } from '../placements/placement-cards.tsx';
import { placementOf } from '../placements/placement-queries.ts';
import { PlacementTurn } from '../placements/placement-turn.tsx';
import { stayHistoryOf } from '../placements/stay-history-queries.ts';
import { exchangeParts, exchangeRecord } from '../record-queries.ts';
import { reviewCommentsOf } from '../reviews/comment-queries.ts';
import { ReviewComments } from '../reviews/review-comments.tsx';
import { type ApplicationStep, applicationWorkflow } from '../workflow.ts';
import type { Route } from './+types/exchange';

export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { locale, now } = state(context);
  const { db } = platform();
  const page = await shown(context, () => exchangeRecord(db, actor, params.ref, now));
  const [parts, reading, comments, placement] = await Promise.all([
    exchangeParts(db, page),
    applicationReading(db, actor, page.record),
    reviewCommentsOf(db, page.record.id),
    page.record.state === 'accepted' ? placementOf(db, actor, page.record.id, now) : null,
  ]);
  const stayed = placement ? await stayHistoryOf(db, placement.record) : [];
  return {
    ...page,
    ...parts,
    reading,
    comments,
    placement,
    history: parts.history.map((entry) => ({
      ...entry,
      name: entry.name ? personName(entry.name, locale) : '—',
    })),
    stayed: stayed.map((entry) => ({ ...entry, name: entry.name ? personName(entry.name, locale) : '—' })),
    name: personName(page.applicant, locale),
    now,
  };
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  pageTitle(loaderData?.record.title, loaderData?.record.reference),
];

/** Entries of the history that have words; a code of a later version of the portal is passed over. */
const HISTORY = [
  'draft',
  'appeal.make',
  'appeal.reject',
  'appeal.uphold',
  ...(Object.keys(applicationWorkflow.transitions) as ApplicationStep[]),
] as const;

/** One application: where it is, whose turn it is, what needs the reader, and everything behind it. */
export default function ExchangePage({ loaderData }: Route.ComponentProps) {
  const { t, i18n } = useTranslation(['exchanges', 'placements']);
  const language = languageOf(i18n);
  const { record, call, home, host, name, documents } = loaderData;
  const callTitle = inLanguage(call.title, language);
  const stayed = loaderData.stayed.map(({ id, step, name, side, ...when }) => ({
    key: id,
    what: t(`placements:history.${step}`, { name }),
    side: side ?? undefined,
    ...when,
  }));
  const applied = loaderData.history.flatMap((entry) => {
    const step = HISTORY.find((one) => one === entry.code);
    if (!step) return [];
    const what = t(`history.${step}`, { name: entry.name });
    const note = entry.words ? <TypedLine key="words" text={entry.words} /> : undefined;
    return [{ key: entry.id, at: entry.at, what, side: entry.side ?? undefined, note }];
  });
  const piers =
    home?.side && host?.side
      ? piersOf(
          record.state,
          { home: home.side, host: host.side },
          {
            eligible: record.eligibilityDecidedAt !== null,
            ranked: record.rank !== null,
            nominated: record.homeDecidedAt !== null,
            placement: loaderData.placement?.record.state ?? null,
          },
        )
      : [];
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('title'), href: '/exchanges' }, { label: record.reference }]}
        title={record.title ? <TypedLine text={record.title} /> : t('list.untitled')}
        lede={t('record.lede', {
          name,
          home: home ? inLanguage(home.shortName, language) : '',
          call: callTitle,
        })}
      />
      {piers.length > 0 && (
        <Bridge
          label={t('record.bridge')}
          piers={piers.map((pier) => ({
            label: t(`record.pier.${pier.key}`),
            side: pier.side,
            state: pier.state,
          }))}
        />
      )}
      <Columns
        asideLabel={t('record.aside')}
        aside={
          <>
            <Card title={t('record.next')}>
              <Next page={loaderData} />
              <PapersActions record={record} reading={loaderData.reading} />
            </Card>
            <Card title={t('record.history')}>
              <History entries={[...stayed, ...applied]} />
            </Card>
          </>
        }
      >
        {loaderData.placement ? (
          <>
            <PlacementTurn page={loaderData.placement} />
            <PlacementCards page={loaderData.placement} />
          </>
        ) : (
          <ExchangeTurn page={loaderData} />
        )}
        <CorrectionsCard corrections={loaderData.corrections} />
        <QuestionsCard questions={loaderData.questions} />
        <AppealsCard appeals={loaderData.appeals} />
        <ReviewComments comments={loaderData.comments} />
        <LettersCard reference={record.reference} letters={loaderData.letters} />
        <ExchangeFacts page={loaderData} staying={loaderData.placement !== null} />
        <WorkPlanCard record={record} reading={loaderData.reading} />
        <EndorsementCard record={record} reading={loaderData.reading} />
        <Card title={t('record.documents')} id="documents">
          {documents.length === 0 && <p className="note">{t('record.noDocuments')}</p>}
          <ul>
            {documents.map((document) => (
              <li key={document.fileId}>
                <a href={`/files/${document.fileId}`}>{titleOf(document.kind)}</a>{' '}
                <span className="note">
                  {document.name}, {formatSize(document.size, language)}
                </span>
              </li>
            ))}
          </ul>
        </Card>
      </Columns>
    </>
  );

  function titleOf(kind: string) {
    const asked = call.documents.find((document) => document.code === kind);
    return asked ? inLanguage(asked.title, language) : kind;
  }
}

/** What the reader can do besides the one act of the turn. */
function Next({ page }: { page: Awaited<ReturnType<typeof loader>> }) {
  const { t } = useTranslation('exchanges');
  const { record, may, own } = page;
  const { withdraw: _any, appeal: _later, ...turns } = may;
  const inStay = page.placement !== null && page.placement.mine !== null;
  const acts = Object.values(turns).some(Boolean) || inStay || (own && record.state === 'draft');
  return (
    <>
      <p>{t(acts ? 'record.nextYours' : 'record.nextNothing')}</p>
      {page.ownDecision && <p className="note">{t('record.nextOwnDecision')}</p>}
      {may.withdraw && (
        <div className="actions">
          <ButtonLink href={`/exchanges/${record.reference}/withdrawal`} kind="quiet">
            {t('record.withdraw')}
          </ButtonLink>
        </div>
      )}
    </>
  );
}
