import { useTranslation } from 'react-i18next';
import { Card } from '#app/ui/card.tsx';
import { languageOf } from '#app/ui/language.ts';
import type { RunView } from './run-queries.ts';

/** What coordinators and the instructor do in a run. */
export function RunTasks({
  reference,
  may,
  sessions,
}: {
  reference: string;
  may: RunView['may'];
  sessions: RunView['sessions'];
}) {
  const { t, i18n } = useTranslation('training');
  const language = languageOf(i18n);
  const page = `/training/runs/${reference}`;
  return (
    <Card title={t('run.tasks')} id="tasks">
      <ul className="plain-list">
        {may.list && (
          <li>
            <a href={`${page}/people`}>{t('people.title')}</a>
          </li>
        )}
        {may.arrange && (
          <>
            <li>
              <a href={`${page}/edit`}>{t('edit.title')}</a>
            </li>
            <li>
              <a href={`${page}/sessions`}>{t('sessions.title')}</a>
            </li>
          </>
        )}
        {may.teach && (
          <>
            {sessions.map((session) => (
              <li key={session.id}>
                <a href={`${page}/sessions/${session.number}`}>
                  {t('roll.link', { session: session.title[language] })}
                </a>
              </li>
            ))}
            <li>
              <a href={`${page}/results`}>{t('results.title')}</a>
            </li>
          </>
        )}
      </ul>
    </Card>
  );
}
