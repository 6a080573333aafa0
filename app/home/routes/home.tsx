import { useTranslation } from 'react-i18next';
import { programmesFor, waitingFor } from '#app/home/gather.ts';
import { say, signedIn, state } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { ButtonLink } from '#app/ui/button-link.tsx';
import { Card } from '#app/ui/card.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { Pipe } from '#app/ui/pipe.tsx';
import { WaitingList } from '#app/ui/waiting-list.tsx';
import { When } from '#app/ui/when.tsx';
import type { Route } from './+types/home';

export async function loader({ context }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { now, addressedAs, locale } = state(context);
  const { db, rooms } = platform();
  const t = say(context);
  const [waiting, programmes] = await Promise.all([
    waitingFor(rooms, db, actor, now),
    programmesFor(rooms, db, actor),
  ]);
  return {
    now,
    name: addressedAs?.[locale] ?? '',
    title: t('home:navigation'),
    waiting: waiting.map((task) => ({
      title: t(task.text, task.params),
      href: task.href,
      detail: task.note,
      ...(task.side && { side: task.side }),
      ...(task.due && { due: task.due, ...toneOf(task.due, now) }),
      ...(task.dueOn && { dueDate: task.dueOn }),
    })),
    programmes: programmes.map(({ heading, numbers }) => ({
      heading: t(heading),
      numbers: numbers.map(({ text, count, capped, href }) => ({
        label: t(text, { count }),
        count,
        capped,
        href,
      })),
    })),
  };
}

const DAY = 24 * 60 * 60 * 1000;

/** A date within five days is at risk, one that is past is missed; the sign says so without colour. */
function toneOf(due: Date, now: Date): { tone?: 'risk' | 'stop' } {
  if (due <= now) return { tone: 'stop' };
  return due.getTime() - now.getTime() < 5 * DAY ? { tone: 'risk' } : {};
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

/** What waits for me, soonest first; then my programmes in numbers that are links. */
export default function Home({ loaderData }: Route.ComponentProps) {
  const { t } = useTranslation('home');
  const { now, name, waiting, programmes } = loaderData;
  return (
    <>
      <PageHeader title={t('greeting', { name })} lede={<When at={now} />} />
      <Card title={t('waiting.title')}>
        {waiting.length > 0 ? (
          <WaitingList tasks={waiting} now={now} />
        ) : (
          <EmptyState
            title={t('waiting.none')}
            action={
              <ButtonLink href="/calls" kind="quiet">
                {t('waiting.calls')}
              </ButtonLink>
            }
          >
            {t('waiting.noneHint')}
          </EmptyState>
        )}
      </Card>
      {programmes.map(({ heading, numbers }) => (
        <Card key={heading} title={heading}>
          <Pipe items={numbers} label={heading} />
        </Card>
      ))}
    </>
  );
}
