import { useTranslation } from 'react-i18next';
import { factWords, type Say } from '#app/audit/fact-words.ts';
import { auditRules, auditScope } from '#app/audit/policy.ts';
import { type AuditEntry, listAudit } from '#app/audit/queries.ts';
import { auditFilterSchema } from '#app/audit/schemas.ts';
import { type VerifiedLog, verifyLog } from '#app/audit/verify-log.ts';
import { permits } from '#app/people/access.ts';
import { personName } from '#app/people/person-name.ts';
import { forbidden } from '#app/platform/outcome.ts';
import { answer, refusalResponse, say, signedIn, state, words } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { Card } from '#app/ui/card.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { Facts } from '#app/ui/facts.tsx';
import { Field } from '#app/ui/field.tsx';
import { Flash } from '#app/ui/flash.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { Pagination } from '#app/ui/pagination.tsx';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { Select } from '#app/ui/select.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { When } from '#app/ui/when.tsx';
import type { Locale } from '#db/schema/shared.ts';
import type { Route } from './+types/audit';

export async function loader({ context, request }: Route.LoaderArgs) {
  const actor = signedIn(context);
  if (!permits(auditRules['audit.read'], actor, {})) throw refusalResponse(context, forbidden());
  const { db, rooms } = platform();
  const { locale } = state(context);
  const query = new URL(request.url).searchParams;
  const filter = auditFilterSchema.parse(Object.fromEntries(query));
  const { entries, next, previous } = await listAudit(db, actor, filter);
  const label = labelled(context);
  const address = (cursor: 'after' | 'before', value: string | null) =>
    value === null ? null : addressOf({ code: filter.code, subject: filter.subject, [cursor]: value });
  return {
    title: words(context)('audit:title'),
    portal: auditScope(actor).portal,
    mayVerify: permits(auditRules['audit.verify'], actor, {}),
    code: filter.code ?? '',
    subject: filter.subject ?? '',
    codes: [...new Set(rooms.flatMap((room) => room.auditCodes ?? []))]
      .map((each) => ({ value: each, label: label(each) }))
      .sort((a, b) => a.label.localeCompare(b.label, locale)),
    rows: entries.map((entry) => row(entry, label, locale, say(context))),
    nextHref: address('after', next),
    previousHref: address('before', previous),
  };
}

export async function action({ context }: Route.ActionArgs) {
  const actor = signedIn(context);
  const { db, config } = platform();
  return answer(context, {}, async () => {
    const found = await verifyLog(db, actor, config.authSecret);
    return { found, brokenLabel: found.brokenCode && labelled(context)(found.brokenCode) };
  });
}

type Label = (key: string, kind?: 'codes' | 'subjects') => string;

/** What has no words yet is shown by its code: nothing of the log is ever left out. */
function labelled(context: Route.LoaderArgs['context']): Label {
  const t = words(context) as (key: string, options: object) => string;
  return (key, kind = 'codes') => t(`audit:${kind}.${key}`, { defaultValue: key });
}

function row(entry: AuditEntry, label: Label, locale: Locale, say: Say) {
  const { id, at, actorKind, actorId, actorName, subjectType, subjectId, facts, sequence } = entry;
  return {
    id,
    at,
    what: label(entry.code),
    actorKind,
    actor: actorName ? personName(actorName, locale) : actorId,
    subject: label(subjectType, 'subjects'),
    subjectId,
    facts: factWords(say, locale, subjectType, facts),
    sequence,
  };
}

function addressOf(query: Record<string, string | undefined>): string {
  const said = Object.entries(query).filter((pair): pair is [string, string] => Boolean(pair[1]));
  return said.length > 0 ? `/audit?${new URLSearchParams(said)}` : '/audit';
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

/** The log of what was done: who may, reads their institution's; the platform administrator verifies the whole. */
export default function Audit({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation(['audit', 'common']);
  const { rows, codes, code, subject, portal, mayVerify, nextHref, previousHref } = loaderData;
  return (
    <>
      <PageHeader title={t('title')} lede={portal ? t('ledePortal') : t('lede')} />
      {mayVerify && (
        <Card title={t('verify.title')}>
          <p>{t('verify.what')}</p>
          {actionData && 'found' in actionData && (
            <Verified found={actionData.found} brokenLabel={actionData.brokenLabel} />
          )}
          <div className="actions">
            <PortalForm>
              <SubmitButton pending={t('verify.pending')}>{t('verify.act')}</SubmitButton>
            </PortalForm>
          </div>
        </Card>
      )}
      <Card title={t('list.title')}>
        <PortalForm method="get" action="/audit" inline label={t('filter.label')}>
          <Select
            name="code"
            label={t('filter.code')}
            options={codes}
            value={code}
            empty={t('filter.any')}
            optional
          />
          <Field
            name="subject"
            label={t('filter.subject')}
            value={subject}
            width="medium"
            spellCheck={false}
            optional
          />
          <SubmitButton kind="quiet" pending={t('filter.pending')}>
            {t('common:button.filter')}
          </SubmitButton>
        </PortalForm>
        <DataTable
          caption={t('list.title')}
          rows={rows}
          rowKey={(each) => each.id}
          columns={[
            { key: 'what', head: t('list.what'), cell: (each) => each.what },
            { key: 'at', head: t('list.at'), cell: (each) => <When at={each.at} /> },
            {
              key: 'actor',
              head: t('list.actor'),
              cell: (each) => <Who kind={each.actorKind} name={each.actor} />,
            },
            {
              key: 'subject',
              head: t('list.subject'),
              cell: (each) => <a href={addressOf({ subject: each.subjectId })}>{each.subject}</a>,
            },
            {
              key: 'facts',
              head: t('list.facts'),
              cell: (each) => each.facts && <span className="note">{each.facts}</span>,
            },
            {
              key: 'seal',
              head: t('list.seal'),
              align: 'end',
              cell: (each) => each.sequence ?? t('list.unsealed'),
            },
          ]}
          empty={<EmptyState title={t('list.none')}>{t('list.noneHint')}</EmptyState>}
        />
        <Pagination {...(previousHref && { previousHref })} {...(nextHref && { nextHref })} />
      </Card>
    </>
  );
}

function Who({ kind, name }: { kind: AuditEntry['actorKind']; name: string }) {
  const { t } = useTranslation('audit');
  if (kind === 'person') return name;
  if (kind === 'link') return t('actor.link');
  return (
    <>
      {t('actor.system')}{' '}
      <span className="note block" lang="en" translate="no">
        {name}
      </span>
    </>
  );
}

/** What verification found; where it is broken, the first broken row by name. */
function Verified({ found, brokenLabel }: { found: VerifiedLog; brokenLabel: string | null }) {
  const { t } = useTranslation('audit');
  const { ok, rows, sealed, unsealed, heads, otherKey, firstBroken } = found;
  return (
    <>
      <Flash tone={ok ? 'ok' : 'stop'} title={ok ? t('verify.whole') : t('verify.broken')}>
        {firstBroken && <p>{t(`verify.breach.${firstBroken.what}`, { sequence: firstBroken.sequence })}</p>}
        {unsealed > 0 && <p>{t('verify.unsealed', { count: unsealed })}</p>}
        {otherKey > 0 && <p>{t('verify.otherKey', { count: otherKey })}</p>}
      </Flash>
      <Facts
        facts={[
          { term: t('verify.rows'), value: rows },
          { term: t('verify.sealed'), value: sealed },
          { term: t('verify.tail'), value: unsealed },
          { term: t('verify.heads'), value: heads },
          ...(firstBroken?.auditId
            ? [{ term: t('verify.row'), value: <code>{firstBroken.auditId}</code> }]
            : []),
          ...(brokenLabel ? [{ term: t('verify.rowSays'), value: brokenLabel }] : []),
        ]}
      />
    </>
  );
}
