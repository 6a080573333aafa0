import { useTranslation } from 'react-i18next';
import { shown, state } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { ButtonLink } from '#app/ui/button-link.tsx';
import { Card } from '#app/ui/card.tsx';
import { Columns } from '#app/ui/columns.tsx';
import { calendarDateOf, formatDeadlineDate, formatWhen } from '#app/ui/format-when.ts';
import { type Language, languageOf } from '#app/ui/language.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { Countdown, Deadline } from '#app/ui/when.tsx';
import type { LocalizedText } from '#db/schema/shared.ts';
import { acceptingOf } from '../calls/accepting.ts';
import { CallActs } from '../calls/call-acts.tsx';
import { CallContacts } from '../calls/call-contact-list.tsx';
import { CallDemands, CallFacts, CallTexts } from '../calls/call-facts.tsx';
import { callPage } from '../calls/call-queries.ts';
import { inLanguage } from '../localized.ts';
import type { Route } from './+types/call';

export async function loader({ context, params }: Route.LoaderArgs) {
  const { actor, now, locale } = state(context);
  const page = await shown(context, () => callPage(platform().db, actor, params.ref));
  return {
    ...page,
    now,
    signedIn: actor !== null,
    title: inLanguage(page.call.title, locale),
    description: inLanguage(page.call.summary, locale),
  };
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  pageTitle(loaderData?.title, loaderData?.call.reference),
  { name: 'description', content: loaderData?.description },
];

type Page = Awaited<ReturnType<typeof loader>>;

/** One call, public: what is offered, on what terms, until when in both cities, and “Apply”. */
export default function CallPage({ loaderData }: Route.ComponentProps) {
  const { t, i18n } = useTranslation('exchanges');
  const language = languageOf(i18n);
  const { call, signers, mayEdit } = loaderData;
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('calls.title'), href: '/calls' }, { label: call.reference }]}
        title={loaderData.title}
        lede={t(`direction.${call.direction}`)}
      />
      <Columns
        asideLabel={t('call.signers')}
        aside={
          <>
            {loaderData.contacts.length > 0 && (
              <Card title={t('call.contacts')} id="contacts">
                <CallContacts contacts={loaderData.contacts} />
              </Card>
            )}
            <Card title={t('call.signers')}>
              <p>{inLanguage(signers.in, language)}</p>
              <p>{inLanguage(signers.ru, language)}</p>
            </Card>
            {mayEdit && (
              <Card title={t('call.acts')}>
                <CallActs call={call} text />
              </Card>
            )}
          </>
        }
      >
        <Door page={loaderData} />
        <CallFacts call={call} />
        <CallTexts call={call} />
        <CallDemands call={call} />
      </Columns>
    </>
  );
}

/** Until when, what follows, and the one thing the reader can do. */
function Door({ page }: { page: Page }) {
  const { t, i18n } = useTranslation('exchanges');
  const language = languageOf(i18n);
  const { call, own, now } = page;
  const mine =
    own &&
    (own.state === 'draft'
      ? {
          href: `/calls/${call.reference}/apply`,
          text: t(acceptingOf(call, now) === 'open' ? 'call.continue' : 'call.openDraft'),
        }
      : { href: `/exchanges/${own.reference}`, text: t('call.yours') });
  const accepting = acceptingOf(call, now);
  if (call.publishedAt === null) {
    return (
      <Card title={t('call.notPublished')} tone="risk">
        <p>{t('call.notPublishedText')}</p>
      </Card>
    );
  }
  if (accepting !== 'open') {
    return <Shut page={page} language={language} mine={mine} />;
  }
  return (
    <Card title={t('call.accepts')} id="apply" tone="act">
      <p className="turn-until">
        <b>
          <Deadline at={call.deadline} lead={leadOf(call.deadlineZone)} />
        </b>
        <span className="note">
          <Countdown until={call.deadline} now={now} />
        </span>
      </p>
      <Extended reason={page.extension} />
      <p>
        {t('call.nextSteps', {
          nominate: formatDeadlineDate(calendarDateOf(call.nominateBy, 'ru'), language),
          answer: formatDeadlineDate(calendarDateOf(call.answerBy, 'ru'), language),
        })}
      </p>
      <div className="actions">
        <ButtonLink href={mine ? mine.href : `/calls/${call.reference}/apply`}>
          {mine ? mine.text : t('call.apply')}
        </ButtonLink>
      </div>
      {!page.signedIn && <p className="note mt-2">{t('call.signInFirst')}</p>}
    </Card>
  );
}

type Mine = { href: string; text: string } | null;

/** Why nothing is taken: not yet, no longer, or never again; and what the reader has here all the same. */
function Shut({ page, language, mine }: { page: Page; language: Language; mine: Mine }) {
  const { t } = useTranslation('exchanges');
  const { call, now } = page;
  const lead = leadOf(call.deadlineZone);
  if (call.cancellation) {
    return (
      <Card title={t('call.cancelled')} tone="stop" id="cancelled">
        <p className="why">{inLanguage(call.cancellation, language)}</p>
        <p>{t('call.cancelledText')}</p>
        <Own mine={mine} />
      </Card>
    );
  }
  if (now < call.opensAt) {
    return (
      <Card title={t('call.notYet')}>
        <p>{t('call.notYetText', { when: formatWhen(call.opensAt, language, { lead }) })}</p>
      </Card>
    );
  }
  const when = formatWhen(call.deadline, language, { lead });
  const said =
    call.state === 'in-review' || call.state === 'decided' || call.state === 'archived'
      ? STAGE_WORDS[call.state]
      : 'closed';
  return (
    <Card title={t(`call.${said}`)} id="closed">
      <p>{t(`call.${said}Text`, { when })}</p>
      <Extended reason={page.extension} />
      <Own mine={mine} />
    </Card>
  );
}

const STAGE_WORDS = { 'in-review': 'inReview', decided: 'decided', archived: 'archived' } as const;

function Own({ mine }: { mine: Mine }) {
  return (
    mine && (
      <div className="actions mt-3">
        <ButtonLink href={mine.href} kind="quiet">
          {mine.text}
        </ButtonLink>
      </div>
    )
  );
}

/** Why the deadline is later than it was announced. */
function Extended({ reason }: { reason: LocalizedText | null }) {
  const { t, i18n } = useTranslation('exchanges');
  if (!reason) return null;
  return (
    <p className="why">
      {t('call.extended')}: {inLanguage(reason, languageOf(i18n))}
    </p>
  );
}

/** The clock in which the deadline was set stands first. */
const leadOf = (zone: string) => (zone === 'Asia/Kolkata' ? 'in' : 'ru');
