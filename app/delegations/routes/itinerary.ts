import { validate as isUuid } from 'uuid';
import { itineraryOf } from '#app/delegations/itinerary.ts';
import { itineraryPdf } from '#app/delegations/itinerary-paper.tsx';
import { travelFileInScope } from '#app/delegations/queries.ts';
import { notFound } from '#app/platform/outcome.ts';
import { shown, signedIn } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import type { Route } from './+types/itinerary';

/** The personal itinerary on paper, for the traveller and for those who see to the journey. */
export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { db } = platform();
  const of = await shown(context, async () => {
    if (!isUuid(params.id)) throw notFound();
    return itineraryOf(await travelFileInScope(db, actor, { reference: params.ref, delegateId: params.id }));
  });
  return new Response(await itineraryPdf(of), {
    headers: {
      'Content-Type': 'application/pdf',
      'Content-Disposition': `attachment; filename="${of.reference}-itinerary.pdf"`,
      'Cache-Control': 'private, no-store',
    },
  });
}
