import { useTranslation } from 'react-i18next';
import { personName } from '#app/people/person-name.ts';
import { formErrors } from '#app/platform/form-errors.ts';
import {
  answer,
  done,
  sentForm,
  shown,
  signedIn,
  state,
  typed,
  words,
} from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { Card } from '#app/ui/card.tsx';
import { Columns } from '#app/ui/columns.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { Facts } from '#app/ui/facts.tsx';
import { formatDate } from '#app/ui/format-when.ts';
import { languageOf } from '#app/ui/language.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { TwoTexts } from '#app/ui/two-texts.tsx';
import { DateOn } from '#app/ui/when.tsx';
import { isArea } from '../area.ts';
import { dueOnOf } from '../half-year.ts';
import { inLanguage } from '../in-language.ts';
import { sidesOf } from '../load-report-page.ts';
import { loadThesisPage } from '../load-thesis-page.ts';
import { ReportBridge } from '../report-bridge.tsx';
import { ReportHistory } from '../report-history.tsx';
import { ReportTable } from '../report-table.tsx';
import { ReportTurn } from '../report-turn.tsx';
import { readHalfYear } from '../schemas.ts';
import { ShownLine } from '../shown-text.tsx';
import { startReport } from '../start-report.ts';
import type { Route } from './+types/thesis';

export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { now, locale } = state(context);
  const page = await shown(context, () => loadThesisPage(platform().db, actor, params.ref, now));
  const t = words(context);
  const halfYear = t(`supervision:halfYear.${page.present.half}`, { year: page.present.year });
  return {
    ...page,
    halfYear,
    sides: sidesOf(page.members),
    title: inLanguage(page.thesis.title, locale).text,
  };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const actor = signedIn(context);
  const values = typed(await sentForm(context, request));
  return answer(context, values, async () => {
    const input = { reference: params.ref, halfYear: readHalfYear(values) };
    const number = await startReport(platform().db, actor, input, state(context).now);
    return done(`/supervision/${params.ref}/reports/${number}/edit`, 'supervision:flash.started');
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  pageTitle(loaderData?.title, loaderData?.thesis.reference),
];

type Page = Route.ComponentProps['loaderData'];

/** A thesis: where its report stands, whose turn it is, who takes part, and all its reports. */
export default function ThesisPage({ loaderData: page, actionData }: Route.ComponentProps) {
  const { t, i18n } = useTranslation('supervision');
  const { thesis, members, report, sides, halfYear } = page;
  const candidate = members.find((member) => member.role === 'candidate');
  const area = isArea(thesis.area) ? t(`area.${thesis.area}`) : thesis.area;
  const name = candidate ? personName(candidate.name, languageOf(i18n)) : '';
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('navigation'), href: '/supervision' }, { label: thesis.reference }]}
        title={<ShownLine text={thesis.title} />}
        lede={t('thesis.lede', { candidate: name, area })}
      />
      <ErrorSummary errors={formErrors(actionData)} />
      {page.turn.words !== 'ended.all' && (
        <ReportBridge progress={page.progress} sides={sides} halfYear={halfYear} />
      )}
      <Columns
        asideLabel={t('thesis.history')}
        aside={
          <Card title={t('thesis.history')}>
            <ReportHistory history={page.history} />
          </Card>
        }
      >
        <ReportTurn
          turn={page.turn}
          sides={sides}
          dueOn={page.dueOn}
          halfYear={halfYear}
          outcome={report?.outcome ?? null}
          reason={report?.state === 'draft' ? report.stateReason : null}
          page={report ? `/supervision/${thesis.reference}/reports/${report.number}` : ''}
          {...(page.turn.act === 'start'
            ? { action: <StartForm halfYear={page.present}>{t('act.start')}</StartForm> }
            : {})}
        />
        <LateReport page={page} />
        <People page={page} area={area} />
        <Card title={t('thesis.title')}>
          <TwoTexts en={thesis.title.en} ru={thesis.title.ru} />
        </Card>
        <Card title={t('thesis.reports')}>
          <ReportTable reports={page.reports} reference={thesis.reference} />
        </Card>
      </Columns>
    </>
  );
}

function StartForm({ halfYear, children }: { halfYear: Page['present']; children: string }) {
  return (
    <PortalForm hidden={halfYear}>
      <SubmitButton>{children}</SubmitButton>
    </PortalForm>
  );
}

/** The half-year before, where its report was never begun and can still be handed in. */
function LateReport({ page }: { page: Page }) {
  const { t, i18n } = useTranslation('supervision');
  if (!page.late) return null;
  const { year, half } = page.late;
  const due = formatDate(dueOnOf(page.late), languageOf(i18n));
  return (
    <Card tone="risk">
      <p>{t('thesis.late', { halfYear: t(`halfYear.${half}`, { year }), due })}</p>
      <StartForm halfYear={page.late}>{t('thesis.startLate')}</StartForm>
    </Card>
  );
}

function People({ page, area }: { page: Page; area: string }) {
  const { t, i18n } = useTranslation('supervision');
  const language = languageOf(i18n);
  const { thesis, members } = page;
  const order = ['candidate', 'supervisor', 'co-supervisor'] as const;
  const places = order.flatMap((role) => members.filter((member) => member.role === role));
  return (
    <Card title={t('thesis.facts')}>
      <Facts
        facts={[
          ...places.map((member) => ({
            term: t(`role.${member.role}`),
            value: (
              <>
                {personName(member.name, language)}{' '}
                <span className="note">{inLanguage(member.institution, language).text}</span>
              </>
            ),
          })),
          { term: t('thesis.home'), value: inLanguage(page.home, language).text },
          { term: t('thesis.host'), value: inLanguage(page.host, language).text },
          { term: t('thesis.area'), value: area },
          { term: t('thesis.starts'), value: <DateOn on={thesis.startsOn} /> },
          { term: t('thesis.defence'), value: <DateOn on={thesis.expectedDefenceOn} /> },
          ...(thesis.endedOn ? [{ term: t('thesis.ended'), value: <DateOn on={thesis.endedOn} /> }] : []),
        ]}
      />
    </Card>
  );
}
