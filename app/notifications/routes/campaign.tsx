import { useTranslation } from 'react-i18next';
import { permits } from '#app/people/access.ts';
import { personName } from '#app/people/person-name.ts';
import { institutions } from '#app/people/queries.ts';
import { formErrors } from '#app/platform/form-errors.ts';
import { read } from '#app/platform/forms.ts';
import { forbidden } from '#app/platform/outcome.ts';
import { answer, done, sentForm, shown, signedIn, state, typed } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { ButtonLink } from '#app/ui/button-link.tsx';
import { Card } from '#app/ui/card.tsx';
import { Chip } from '#app/ui/chip.tsx';
import { Columns } from '#app/ui/columns.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { formatWhen } from '#app/ui/format-when.ts';
import { languageOf } from '#app/ui/language.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { Pagination } from '#app/ui/pagination.tsx';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { Progress } from '#app/ui/progress.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { Turn } from '#app/ui/turn.tsx';
import { TwoTexts } from '#app/ui/two-texts.tsx';
import { When } from '#app/ui/when.tsx';
import type { DeliveryState } from '#db/schema/platform.ts';
import { countAudience } from '../audience.ts';
import { audienceWords } from '../audience-words.server.ts';
import { campaignText } from '../campaign-text.tsx';
import { cancelCampaign } from '../cancel-campaign.ts';
import { campaignRules, otherSides } from '../policy.ts';
import { otherSideOf, progressOf, recipientsOf } from '../queries.ts';
import { requestApproval } from '../request-approval.ts';
import { recipientFilter, stepForm } from '../schemas.ts';
import { campaignInScope } from '../scope.ts';
import { sendCampaign } from '../send-campaign.ts';
import { toneOfDelivery, toneOfMail, toneOfState } from '../state-tone.ts';
import type { Route } from './+types/campaign';

export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { locale, url } = state(context);
  const { db } = platform();
  return shown(context, async () => {
    const record = await campaignInScope(db, actor, params.ref);
    const writer = (await institutions(db)).find(({ id }) => id === record.institutionId);
    const { state: filter, after } = recipientFilter.parse(Object.fromEntries(url.searchParams));
    const sent = record.messageId
      ? await Promise.all([
          progressOf(db, record.messageId),
          recipientsOf(db, record.messageId, { state: filter, after }),
        ])
      : null;
    return {
      record,
      institution: writer?.shortName[locale] ?? '',
      subject: record.subject[locale] || record.subject.en || record.subject.ru || record.reference,
      audience: audienceWords(record.audience, locale),
      counted: record.messageId ? null : await countAudience(db, record.audience),
      mine: permits(campaignRules['campaigns.send'], actor, record),
      mayApprove: permits(campaignRules['campaigns.approve'], actor, record),
      crosses: otherSides(record).length > 0,
      filter,
      progress: sent?.[0] ?? null,
      next: sent?.[1].next ?? null,
      recipients:
        sent?.[1].rows.map((row) => ({
          id: row.id,
          name: personName(row, locale),
          institution: row.institution[locale],
          side: row.side,
          locale: row.locale,
          state: row.state,
          stateAt: row.stateAt,
          problem: row.problem,
        })) ?? [],
    };
  });
}

export async function action({ request, context, params }: Route.ActionArgs) {
  const actor = signedIn(context);
  const { now } = state(context);
  const form = await sentForm(context, request);
  const { db } = platform();
  const here = `/campaigns/${params.ref}`;
  return answer(context, typed(form), async () => {
    const { step, ...input } = read(stepForm, form);
    const decision = { reference: params.ref, ...input };
    if (step === 'send') {
      await sendCampaign(db, actor, decision, now);
      return done(here, 'notifications:flash.sent');
    }
    if (step === 'requestApproval') {
      await requestApproval(db, actor, decision, now);
      return done(here, 'notifications:flash.requested');
    }
    if (step === 'cancel') {
      await cancelCampaign(db, actor, decision, now);
      return done(here, 'notifications:flash.cancelled');
    }
    throw forbidden();
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  pageTitle(loaderData?.subject, loaderData?.record.reference),
];

/** One campaign: whose turn it is, its text in both languages, whom it is for, and how far the mails are. */
export default function CampaignPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation('notifications');
  const { record, institution, subject, audience, counted, mine } = loaderData;
  const { reference, revision } = record;
  const refused = actionData && 'refused' in actionData ? actionData : undefined;
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('campaigns.title'), href: '/campaigns' }, { label: reference }]}
        title={subject}
        lede={t('page.from', { institution })}
        state={<Chip tone={toneOfState(record.state)}>{t(`state.${record.state}`)}</Chip>}
      />
      <ErrorSummary errors={formErrors(refused)} />
      <Columns
        asideLabel={t('page.audience')}
        aside={
          <Card title={t('page.count', { count: record.recipients ?? counted?.total ?? 0 })}>
            <p>{audience}</p>
            {counted?.groups.map((group) => (
              <p key={`${group.side} ${group.locale}`}>
                {t('page.group', {
                  side: t(`side.${group.side}`),
                  language: t(`locale.${group.locale}`),
                  count: group.count,
                })}
              </p>
            ))}
            {counted && counted.noAddress > 0 && (
              <p className="note">{t('page.noAddress', { count: counted.noAddress })}</p>
            )}
            {counted && counted.unsubscribed > 0 && (
              <p className="note">{t('page.unsubscribed', { count: counted.unsubscribed })}</p>
            )}
            <p>
              <a href={`/campaigns/${reference}/preview`}>{t('page.preview')}</a>
            </p>
          </Card>
        }
      >
        <Step {...loaderData} />
        <Card
          title={t('page.text')}
          aside={
            mine && record.state === 'draft' ? (
              <a href={`/campaigns/${reference}/edit`}>{t('page.edit')}</a>
            ) : undefined
          }
        >
          <TwoTexts
            en={campaignText(record.subject.en, record.body.en)}
            ru={campaignText(record.subject.ru, record.body.ru)}
          />
        </Card>
        {record.messageId && <Recipients {...loaderData} messageId={record.messageId} />}
        {mine && (record.state === 'draft' || record.state === 'awaiting-approval') && (
          <PortalForm inline hidden={{ revision }} label={t('page.cancel')}>
            <SubmitButton kind="stop" name="step" value="cancel">
              {t('page.cancel')}
            </SubmitButton>
          </PortalForm>
        )}
      </Columns>
    </>
  );
}

type Loaded = Route.ComponentProps['loaderData'];

/** Whose turn it is, and the one thing the reader can do. */
function Step({ record, mine, mayApprove, crosses, counted, progress }: Loaded) {
  const { t, i18n } = useTranslation('notifications');
  const { reference, revision, side } = record;
  const count = counted?.total ?? 0;
  if (record.state === 'draft' && mine) {
    const step = crosses ? 'requestApproval' : 'send';
    return (
      <Turn
        heading={t('page.turnDraft')}
        side={side}
        yours
        action={
          <PortalForm inline hidden={{ revision }}>
            <SubmitButton name="step" value={step}>
              {crosses ? t('page.requestApproval') : t('page.send', { count })}
            </SubmitButton>
          </PortalForm>
        }
      >
        <p>{t(crosses ? 'page.turnDraftOther' : 'page.turnDraftText')}</p>
        {record.stateReason && <p className="why">{t('page.returned', { reason: record.stateReason })}</p>}
      </Turn>
    );
  }
  if (record.state === 'awaiting-approval') {
    return (
      <Turn
        heading={t(mayApprove ? 'page.turnApprove' : 'page.turnAwaiting')}
        side={otherSideOf(side)}
        yours={mayApprove}
        action={
          mayApprove ? (
            <ButtonLink href={`/campaigns/${reference}/approval`}>{t('page.approve')}</ButtonLink>
          ) : undefined
        }
      >
        <p>{t(mayApprove ? 'page.turnApproveText' : 'page.turnAwaitingText')}</p>
      </Turn>
    );
  }
  if (record.state === 'cancelled')
    return (
      <Card>
        <p>{t('page.cancelled')}</p>
      </Card>
    );
  if (!progress || !record.sentAt) return null;
  const written = (at: Date) => formatWhen(at, languageOf(i18n));
  const sentOn = written(record.sentAt);
  const approvedOn = record.approvedAt && written(record.approvedAt);
  const parts = PROGRESS.flatMap((one) => {
    const value = progress[one] ?? 0;
    return value > 0 || one === 'queued'
      ? [{ label: t(`progress.${one}`), value, tone: toneOfDelivery(one), href: `?state=${one}#recipients` }]
      : [];
  });
  return (
    <Card title={t('page.sentTitle')} live={`message:${record.messageId}`}>
      <Progress label={t('progress.label')} parts={parts} total={record.recipients ?? 0} />
      <p className="note">{t('page.sentText', { count: record.recipients ?? 0, when: sentOn })}</p>
      {approvedOn && <p className="note">{t('page.approvedBy', { when: approvedOn })}</p>}
    </Card>
  );
}

const PROGRESS: DeliveryState[] = [
  'delivered',
  'sent',
  'sending',
  'queued',
  'delayed',
  'doubtful',
  'bounced',
  'complained',
  'failed',
  'suppressed',
  'no-address',
];

/** A row per recipient, with why where a mail did not arrive. */
function Recipients({ record, recipients, filter, next, messageId }: Loaded & { messageId: string }) {
  const { t } = useTranslation('notifications');
  const here = `/campaigns/${record.reference}`;
  return (
    <Card
      id="recipients"
      title={t('recipients.title')}
      live={`message:${messageId}`}
      aside={filter ? <a href={`${here}#recipients`}>{t('recipients.all')}</a> : undefined}
    >
      <DataTable
        caption={t('recipients.caption')}
        rows={recipients}
        rowKey={(row) => row.id}
        empty={<EmptyState title={t('recipients.empty')} />}
        columns={[
          { key: 'name', head: t('recipients.name'), rowHeader: true, cell: (row) => row.name },
          {
            key: 'institution',
            head: t('recipients.institution'),
            cell: (row) => row.institution,
          },
          { key: 'language', head: t('recipients.language'), cell: (row) => t(`locale.${row.locale}`) },
          {
            key: 'state',
            head: t('recipients.state'),
            cell: (row) => <Chip tone={toneOfMail(row.state)}>{t(`progress.${row.state}`)}</Chip>,
          },
          { key: 'when', head: t('recipients.when'), cell: (row) => <When at={row.stateAt} year={false} /> },
          {
            key: 'problem',
            head: t('recipients.problem'),
            cell: (row) => (row.problem ? t(problemKey(row.problem)) : ''),
          },
        ]}
      />
      <Pagination
        nextHref={next ? `${here}?${filter ? `state=${filter}&` : ''}after=${next}#recipients` : undefined}
      />
    </Card>
  );
}

function problemKey(problem: string) {
  if (problem === 'interrupted') return 'problem.interrupted' as const;
  return problem.startsWith('no-') ? ('problem.no-transport' as const) : ('problem.unknown' as const);
}
