import { useTranslation } from 'react-i18next';
import { Card } from '#app/ui/card.tsx';
import { type Fact, Facts } from '#app/ui/facts.tsx';
import { languageOf } from '#app/ui/language.ts';
import { TwoTexts } from '#app/ui/two-texts.tsx';
import { DateOn } from '#app/ui/when.tsx';
import { useWords } from '#app/ui/words.ts';
import { FreeSeats } from './free-seats.tsx';
import type { RunPageData } from './routes/run.tsx';

type Page = Pick<
  RunPageData,
  'run' | 'host' | 'free' | 'stage' | 'instructorName' | 'prerequisites' | 'missing'
>;

/** The plain facts of a run. */
export function RunFacts({ page }: { page: Page }) {
  const { t, i18n } = useTranslation('training');
  const language = languageOf(i18n);
  const { city } = useWords();
  const { run, host, free, stage, instructorName, prerequisites, missing } = page;
  const lacking = new Set(missing.map(({ id }) => id));
  const facts: Fact[] = [
    { term: t('list.dates'), value: <DateOn on={run.startsOn} to={run.endsOn} /> },
    {
      term: t('list.host'),
      value: host.side ? `${host.name[language]}, ${city[host.side]}` : host.name[language],
    },
    { term: t('course.language'), value: t(`language.${run.course.language}`) },
    { term: t('course.mode'), value: t(`mode.${run.course.mode}`) },
    {
      term: t('list.seats'),
      value: (
        <>
          {t('seats.size', { count: run.seats, in: run.quotaIn, ru: run.quotaRu })}
          <div className="note">{stage === 'open' ? <FreeSeats free={free} /> : t(`stage.${stage}`)}</div>
        </>
      ),
    },
    { term: t('course.instructor'), value: instructorName ?? t('course.noInstructor') },
    {
      term: t('course.prerequisites'),
      value:
        prerequisites.length === 0
          ? t('course.noPrerequisites')
          : prerequisites.map(({ id, code, title }) => (
              <div key={code}>
                <a href={`/courses/${code}`}>{title[language]}</a>{' '}
                <span className="note">{t(lacking.has(id) ? 'course.notHeld' : 'course.held')}</span>
              </div>
            )),
    },
  ];
  return (
    <Card title={t('course.facts')} id="facts">
      <TwoTexts en={run.course.title.en} ru={run.course.title.ru} />
      <Facts facts={facts} />
    </Card>
  );
}
