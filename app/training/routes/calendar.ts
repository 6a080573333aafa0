import { shown, signedIn, state } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { runCalendar } from '../run-calendar.ts';
import { runForReader } from '../run-queries.ts';
import type { Route } from './+types/calendar';

/** The calendar file of a run, in the reader's language. */
export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { now, locale } = state(context);
  const { db, config } = platform();
  const view = await shown(context, () => runForReader(db, actor, params.ref, now));
  const { reference } = view.run;
  return new Response(runCalendar(view, locale, `${config.appUrl}/training/runs/${reference}`, now), {
    headers: {
      'Content-Type': 'text/calendar; charset=utf-8',
      'Content-Disposition': `attachment; filename="${reference}.ics"`,
      'Cache-Control': 'private, no-store',
    },
  });
}
