import { and, eq, gte, isNull, ne } from 'drizzle-orm';
import { institutionsOf } from '#app/people/access.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import type { WaitingTask } from '#app/platform/room.ts';
import { firstToFail } from '#app/travel/assess-readiness.ts';
import type { DbOrTx } from '#db/client.server.ts';
import { delegate, delegation, event } from '#db/schema/delegations.ts';
import type { Side } from '#db/schema/shared.ts';
import { underFilter } from './board-rows.ts';
import { boardOf, cellsOf, delegatesOf } from './queries.ts';
import { boardScope } from './scope.ts';

/** More coming delegations than this nobody sees to at once. */
const MOST = 10;

/** What waits: for those who see to a delegation, its open board; for a traveller, their own file. */
export async function waitingTasks(db: DbOrTx, actor: PersonActor, now: Date): Promise<WaitingTask[]> {
  const today = now.toISOString().slice(0, 10);
  const [seenTo, own] = await Promise.all([coming(db, actor, today), travelling(db, actor, today)]);
  return [...seenTo, ...own];
}

async function coming(db: DbOrTx, actor: PersonActor, today: string): Promise<WaitingTask[]> {
  if (institutionsOf(actor, 'coordinator', 'protocol').length === 0) return [];
  const rows = await db
    .select({
      id: delegation.id,
      reference: delegation.reference,
      side: delegation.homeSide,
      title: event.title,
    })
    .from(delegation)
    .innerJoin(event, eq(event.id, delegation.eventId))
    .where(and(boardScope(actor), ne(delegation.state, 'closed'), gte(event.endsOn, today)))
    .orderBy(event.startsOn)
    .limit(MOST);
  const tasks = await Promise.all(
    rows.map(async ({ id, reference, side, title }): Promise<WaitingTask[]> => {
      const board = await boardOf(db, id, today);
      const blocked = underFilter(board, 'blocked', today).length;
      const atRisk = underFilter(board, 'atRisk', today).length;
      if (blocked + atRisk === 0) return [];
      const next = board
        .flatMap((row) =>
          row.cells.flatMap((cell) => (cell.tone === 'risk' && cell.actBy ? [cell.actBy] : [])),
        )
        .sort()[0];
      return [
        {
          text: 'delegations:waiting.atRisk',
          params: { title: title[actor.locale] || title.en, blocked, atRisk },
          note: reference,
          href: `/delegations/${reference}?show=week`,
          side,
          due: next ? endOf(next) : null,
        },
      ];
    }),
  );
  return tasks.flat();
}

async function travelling(db: DbOrTx, actor: PersonActor, today: string): Promise<WaitingTask[]> {
  const rows = await db
    .select({
      id: delegate.id,
      delegationId: delegation.id,
      reference: delegation.reference,
      side: delegation.homeSide,
      title: event.title,
    })
    .from(delegate)
    .innerJoin(delegation, eq(delegation.id, delegate.delegationId))
    .innerJoin(event, eq(event.id, delegation.eventId))
    .where(
      and(
        eq(delegate.personId, actor.personId),
        isNull(delegate.endedAt),
        ne(delegation.state, 'closed'),
        gte(event.endsOn, today),
      ),
    )
    .limit(MOST);
  const tasks = await Promise.all(
    rows.map(async ({ id, delegationId, reference, side, title }): Promise<WaitingTask[]> => {
      const one = (await delegatesOf(db, delegationId)).find((each) => each.id === id);
      // Somebody asks: nobody else can answer.
      const asked = one?.shares.find((share) => share.mine.answer === null && !share.refused);
      if (asked) return [shareTask(reference, id, side, title[actor.locale] || title.en)];
      const first = one && firstToFail(cellsOf(one, today).filter((cell) => cell.owner === 'traveller'));
      if (!first) return [];
      return [
        {
          text: 'delegations:waiting.file',
          params: { title: title[actor.locale] || title.en },
          note: reference,
          href: `/delegations/${reference}/people/${id}`,
          side,
          due: first.actBy ? endOf(first.actBy) : null,
        },
      ];
    }),
  );
  return tasks.flat();
}

function shareTask(reference: string, id: string, side: Side, title: string): WaitingTask {
  return {
    text: 'delegations:waiting.share',
    params: { title },
    note: reference,
    href: `/delegations/${reference}/people/${id}`,
    side,
    due: null,
  };
}

/** The end of a calendar day as the portal's deadlines write it. */
function endOf(date: string): Date {
  return new Date(`${date}T20:59:00Z`);
}
