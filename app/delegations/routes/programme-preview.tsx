import { useTranslation } from 'react-i18next';
import { programmeImport } from '#app/delegations/programme-import.ts';
import { formErrors } from '#app/platform/form-errors.ts';
import { localTimeOf } from '#app/platform/local-instant.ts';
import { answer, done, sentForm, shown, signedIn, state, words } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { choicesIn, confirmationIn, confirmTable, previewTable } from '#app/platform/table-import.server.ts';
import { Card } from '#app/ui/card.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { ImportPreview } from '#app/ui/import-preview.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { DateOn } from '#app/ui/when.tsx';
import type { Route } from './+types/programme-preview';

const SHOWN = 200;

export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { db, files } = platform();
  const { locale, url } = state(context);
  const { timeZone, reading, ...preview } = await shown(context, async () => {
    const list = await programmeImport(db, files, actor, params.ref);
    const found = await previewTable(list, params.id, choicesIn(url.searchParams));
    return { ...found, timeZone: list.timeZone };
  });
  const changed = new Set(reading.changed);
  return {
    ...preview,
    title: words(context)('common:import.previewTitle'),
    reference: params.ref,
    added: reading.fresh.length - changed.size,
    changed: changed.size,
    known: reading.known.length,
    sessions: reading.fresh.slice(0, SHOWN).map(({ row, code, title, hall, startsAt, endsAt }) => {
      const [on = '', from = ''] = localTimeOf(startsAt, timeZone).split('T');
      const until = localTimeOf(endsAt, timeZone).slice(11);
      const isChanged = changed.has(code);
      return { row, code, title: title[locale], hall, on, hours: `${from}–${until}`, isChanged };
    }),
  };
}

export async function action({ context, request, params }: Route.ActionArgs) {
  const actor = signedIn(context);
  const form = await sentForm(context, request);
  const { db, files } = platform();
  return answer(context, {}, async () => {
    const list = await programmeImport(db, files, actor, params.ref);
    const { added, changed } = await confirmTable(list, params.id, confirmationIn(form), state(context).now);
    return done(`/events/${params.ref}`, 'delegations:programme.done', { added, changed });
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

/** What a programme will add and change, before its sessions are taken. */
export default function ProgrammePreviewPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation(['delegations', 'common']);
  const { title, reference, encoding, added, changed, known, sessions } = loaderData;
  const refused = actionData && 'refused' in actionData ? actionData : undefined;
  return (
    <ImportPreview
      title={title}
      crumbs={[
        { label: reference, href: `/events/${reference}` },
        { label: t('programme.title'), href: `/events/${reference}/programme` },
      ]}
      lede={t('programme.read', { encoding })}
      errors={formErrors(refused)}
      state={loaderData}
      what={(one) => t(`programmeProblem.${one.code as 'required'}`)}
      counts={[
        t('programme.added', { count: added }),
        ...(changed > 0 ? [t('programme.changed', { count: changed })] : []),
        ...(known > 0 ? [t('programme.known', { count: known })] : []),
      ]}
      confirm={added + changed > 0 ? t('programme.act') : null}
      nothing={{ title: t('programme.nothing'), hint: t('programme.nothingHint') }}
      againHref={`/events/${reference}/programme`}
    >
      {sessions.length > 0 && (
        <Card title={t('programme.sessions')}>
          <DataTable
            caption={t('programme.sessions')}
            rows={sessions}
            rowKey={(one) => one.code}
            columns={[
              { key: 'row', head: t('common:import.row'), align: 'end', cell: (one) => one.row },
              {
                key: 'title',
                head: t('programme.session'),
                rowHeader: true,
                cell: (one) => (
                  <>
                    {one.title} <span className="note">{one.code}</span>
                  </>
                ),
              },
              {
                key: 'when',
                head: t('programme.when'),
                cell: (one) => (
                  <>
                    <DateOn on={one.on} />, {one.hours}
                  </>
                ),
              },
              { key: 'hall', head: t('programme.hall'), cell: (one) => one.hall || '—' },
              {
                key: 'what',
                head: t('programme.what'),
                cell: (one) => t(one.isChanged ? 'programme.isChanged' : 'programme.isNew'),
              },
            ]}
          />
        </Card>
      )}
    </ImportPreview>
  );
}
