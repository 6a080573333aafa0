import { useTranslation } from 'react-i18next';
import { personName } from '#app/people/person-name.ts';
import { formErrors } from '#app/platform/form-errors.ts';
import { invalid } from '#app/platform/outcome.ts';
import { answer, done, sentForm, shown, signedIn, state, typed } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { Bridge } from '#app/ui/bridge.tsx';
import { Card } from '#app/ui/card.tsx';
import { Columns } from '#app/ui/columns.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { Flash } from '#app/ui/flash.tsx';
import { formatDate, formatDateRange } from '#app/ui/format-when.ts';
import { languageOf } from '#app/ui/language.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { certificatesOfRun } from '#app/verification/queries.ts';
import { answerOffer } from '../answer-offer.ts';
import { piersOf } from '../piers.ts';
import { RunFacts } from '../run-facts.tsx';
import { RunHistory } from '../run-history.tsx';
import { attendanceOf, runForReader } from '../run-queries.ts';
import { RunTasks } from '../run-tasks.tsx';
import { RunTurn } from '../run-turn.tsx';
import { SessionTable } from '../session-table.tsx';
import { withdrawEnrolment } from '../withdraw-enrolment.ts';
import type { Route } from './+types/run';

export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { locale, now } = state(context);
  const { db } = platform();
  const view = await shown(context, () => runForReader(db, actor, params.ref, now));
  const [attended, certificates] = view.own
    ? await Promise.all([attendanceOf(db, view.own.id), certificatesOfRun(db, params.ref)])
    : [null, null];
  return {
    ...view,
    attended,
    certificate: (view.own && certificates?.get(view.own.id)) ?? null,
    instructorName: view.instructor ? personName(view.instructor, locale) : null,
    now,
    title: view.run.course.title[locale],
  };
}

export async function action({ request, context, params }: Route.ActionArgs) {
  const actor = signedIn(context);
  const { now } = state(context);
  const values = typed(await sentForm(context, request));
  const page = `/training/runs/${params.ref}`;
  return answer(context, values, async () => {
    const { enrolment: enrolmentId = '', revision = '' } = values;
    const input = { reference: params.ref, enrolmentId, revision };
    if (values.intent === 'accept') {
      await answerOffer(platform().db, actor, input, now);
      return done(page, 'training:flash.accepted');
    }
    if (values.intent === 'withdraw') {
      await withdrawEnrolment(platform().db, actor, input, now);
      return done(page, 'training:flash.withdrawn');
    }
    throw invalid('choice');
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

export type RunPageData = Awaited<ReturnType<typeof loader>>;

/** A run: where the reader stands in it, what they can do, its facts and sessions. */
export default function RunPage({ loaderData: page, actionData }: Route.ComponentProps) {
  const { t, i18n } = useTranslation('training');
  const language = languageOf(i18n);
  const { run, own, late, may, host } = page;
  const refused = actionData && 'refused' in actionData ? actionData : undefined;
  const hostSide = host.side ?? 'ru';
  const tasks = may.arrange || may.teach || may.list;
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('home.title'), href: '/training' }, { label: run.reference }]}
        title={page.title}
        lede={formatDateRange(run.startsOn, run.endsOn, language)}
      />
      <ErrorSummary errors={formErrors(refused)} />
      {own && (
        <Bridge
          label={t('run.bridge')}
          piers={piersOf(own, page.stage, page.certificate !== null, hostSide).map((pier) => ({
            ...pier,
            label: t(`pier.${pier.key}`),
          }))}
        />
      )}
      {late.map((one) => (
        <Flash key={one.code} tone="risk" title={t('late.title', { code: one.code })}>
          {one.endsOn ? t('late.ends', { date: formatDate(one.endsOn, language) }) : t('late.none')}
        </Flash>
      ))}
      <Columns
        asideLabel={t('run.aside')}
        aside={
          <>
            {tasks && <RunTasks reference={run.reference} may={may} sessions={page.sessions} />}
            {own && (
              <Card title={t('run.history')}>
                <RunHistory own={own} />
              </Card>
            )}
          </>
        }
      >
        <RunTurn page={page} />
        <RunFacts page={page} />
        <Card
          title={t('session.title')}
          aside={<a href={`/training/runs/${run.reference}/calendar.ics`}>{t('run.calendar')}</a>}
        >
          <SessionTable sessions={page.sessions} side={hostSide} />
        </Card>
      </Columns>
    </>
  );
}
