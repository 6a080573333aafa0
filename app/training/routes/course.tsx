import { useTranslation } from 'react-i18next';
import { shown, state } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { ButtonLink } from '#app/ui/button-link.tsx';
import { Card } from '#app/ui/card.tsx';
import { Facts } from '#app/ui/facts.tsx';
import { formatDateRange } from '#app/ui/format-when.ts';
import { languageOf } from '#app/ui/language.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { TwoTexts } from '#app/ui/two-texts.tsx';
import { useWords } from '#app/ui/words.ts';
import { courseByCode } from '../catalogue-queries.ts';
import { FreeSeats } from '../free-seats.tsx';
import { stageOf } from '../run-clock.ts';
import { SessionTable } from '../session-table.tsx';
import type { Route } from './+types/course';

export async function loader({ context, params }: Route.LoaderArgs) {
  const { locale, now, actor } = state(context);
  const found = await shown(context, () => courseByCode(platform().db, params.ref));
  return {
    ...found,
    runs: found.runs.map((run) => ({ ...run, stage: stageOf(run, run.timeZone, now) })),
    signedIn: actor !== null,
    title: found.course.title[locale],
  };
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

/** A course for everybody: both titles, what comes before it, its runs with the times of both cities. */
export default function CoursePage({ loaderData }: Route.ComponentProps) {
  const { t, i18n } = useTranslation('training');
  const language = languageOf(i18n);
  const { city } = useWords();
  const { course, prerequisites, runs, title } = loaderData;
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('catalogue.title'), href: '/courses' }, { label: course.code }]}
        title={title}
      />
      <Card title={t('course.facts')}>
        <TwoTexts en={course.title.en} ru={course.title.ru} />
        <Facts
          facts={[
            { term: t('course.area'), value: t(`area.${course.area}`) },
            { term: t('course.language'), value: t(`language.${course.language}`) },
            { term: t('course.mode'), value: t(`mode.${course.mode}`) },
            {
              term: t('list.host'),
              value: course.side
                ? `${course.hostName[language]}, ${city[course.side]}`
                : course.hostName[language],
            },
            {
              term: t('course.prerequisites'),
              value:
                prerequisites.length === 0
                  ? t('course.noPrerequisites')
                  : prerequisites.map(({ code, title }) => (
                      <div key={code}>
                        <a href={`/courses/${code}`}>{title[language]}</a>{' '}
                        <span className="note">{code}</span>
                      </div>
                    )),
            },
          ]}
        />
      </Card>
      {runs.map((run) => (
        <Card
          key={run.id}
          id={run.reference}
          title={formatDateRange(run.startsOn, run.endsOn, language)}
          note={run.reference}
          {...(run.stage === 'open' ? { tone: 'act' as const } : {})}
        >
          <p>
            {run.stage === 'open' ? <FreeSeats free={run.free} /> : t(`stage.${run.stage}`)}{' '}
            <span className="note">
              {t('seats.size', { count: run.seats, in: run.quotaIn, ru: run.quotaRu })}
            </span>
          </p>
          <SessionTable
            caption={`${t('session.title')}: ${run.reference}`}
            sessions={run.sessions}
            side={run.side ?? 'ru'}
          />
          <div className="actions">
            <ButtonLink
              href={`/training/runs/${run.reference}`}
              kind={run.stage === 'open' ? 'act' : 'quiet'}
            >
              {t(run.stage === 'open' ? 'course.enrol' : 'course.openRun')}
            </ButtonLink>
          </div>
          {run.stage === 'open' && !loaderData.signedIn && <p className="note">{t('course.signInFirst')}</p>}
        </Card>
      ))}
    </>
  );
}
