import { useTranslation } from 'react-i18next';
import { personName } from '#app/people/person-name.ts';
import { words } from '#app/platform/request.server.ts';
import { Card } from '#app/ui/card.tsx';
import { Columns } from '#app/ui/columns.tsx';
import { languageOf } from '#app/ui/language.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { DecisionCard } from '../decision-card.tsx';
import { inLanguage } from '../in-language.ts';
import { loadReportPage } from '../load-report-page.ts';
import { OpinionCard } from '../opinion-card.tsx';
import { ReportBridge } from '../report-bridge.tsx';
import { reportCrumbs } from '../report-crumbs.ts';
import { ReportHistory } from '../report-history.tsx';
import { ReportTexts } from '../report-texts.tsx';
import { ReportTurn } from '../report-turn.tsx';
import type { Route } from './+types/report';

export async function loader({ context, params }: Route.LoaderArgs) {
  const page = await loadReportPage(context, params);
  const title = words(context)('supervision:report.title', { halfYear: page.halfYear });
  return { ...page, title };
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  pageTitle(loaderData?.title, loaderData?.thesis.reference),
];

/** A progress report: where it stands, whose turn it is, its text, the opinions, the decision. */
export default function ReportPage({ loaderData: page }: Route.ComponentProps) {
  const { t, i18n } = useTranslation('supervision');
  const language = languageOf(i18n);
  const { report, thesis, members, sides, turn } = page;
  const candidate = members.find((member) => member.role === 'candidate');
  return (
    <>
      <PageHeader
        crumbs={reportCrumbs(t, page)}
        title={t('report.title', { halfYear: page.halfYear })}
        lede={t('report.lede', {
          candidate: candidate ? personName(candidate.name, language) : '',
          thesis: inLanguage(thesis.title, language).text,
        })}
      />
      <ReportBridge progress={page.progress} sides={sides} halfYear={page.halfYear} />
      <Columns
        asideLabel={t('report.aside')}
        aside={
          <Card title={t('report.aside')}>
            <ReportHistory history={page.history} />
          </Card>
        }
      >
        <ReportTurn
          turn={turn}
          sides={sides}
          dueOn={report.turnDueOn}
          halfYear={page.halfYear}
          outcome={report.outcome}
          reason={report.state === 'draft' ? report.stateReason : null}
          page={page.address}
        />
        <ReportTexts report={report} readable={page.textReadable} />
        <OpinionCard page={page} />
        <DecisionCard page={page} />
      </Columns>
    </>
  );
}
