import { shown, signedIn } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { rankingPdf } from '../reviews/ranking-paper.tsx';
import { rankingPaper } from '../reviews/ranking-queries.ts';
import type { Route } from './+types/ranking-pdf';

/** The ranking protocol on paper, for the committee alone: it names everybody. */
export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const paper = await shown(context, () => rankingPaper(platform().db, actor, params.ref));
  return new Response(await rankingPdf(paper), {
    headers: {
      'Content-Type': 'application/pdf',
      'Content-Disposition': `inline; filename="${paper.call.reference}-ranking.pdf"`,
      'Cache-Control': 'private, no-store',
    },
  });
}
