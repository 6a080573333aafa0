import { validate as isUuid } from 'uuid';
import { itineraryOf } from '#app/delegations/itinerary.ts';
import { itineraryCalendar } from '#app/delegations/itinerary-calendar.ts';
import { travelFileInScope } from '#app/delegations/queries.ts';
import { notFound } from '#app/platform/outcome.ts';
import { shown, signedIn, state } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import type { Route } from './+types/itinerary-calendar';

/** The personal itinerary as a calendar file, in the reader's language. */
export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { locale, now } = state(context);
  const { db, config } = platform();
  const of = await shown(context, async () => {
    if (!isUuid(params.id)) throw notFound();
    return itineraryOf(await travelFileInScope(db, actor, { reference: params.ref, delegateId: params.id }));
  });
  const url = `${config.appUrl}/delegations/${of.reference}/people/${of.one.id}`;
  return new Response(itineraryCalendar(of, locale, url, now), {
    headers: {
      'Content-Type': 'text/calendar; charset=utf-8',
      'Content-Disposition': `attachment; filename="${of.reference}-itinerary.ics"`,
      'Cache-Control': 'private, no-store',
    },
  });
}
