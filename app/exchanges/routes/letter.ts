import { shown, signedIn } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { letterPdf } from '../letters/letter-paper.tsx';
import { letterInScope } from '../letters/letter-queries.ts';
import type { Route } from './+types/letter';

/** A letter on paper, for the applicant and the coordinators of both institutions. */
export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const letter = await shown(context, () => letterInScope(platform().db, actor, params.ref, params.number));
  return new Response(await letterPdf(letter), {
    headers: {
      'Content-Type': 'application/pdf',
      'Content-Disposition': `inline; filename="${letter.content.number}.pdf"`,
      'Cache-Control': 'private, no-store',
    },
  });
}
