import { shown, signedIn, state } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { applicationPdf } from '../application-paper.tsx';
import { printedApplication } from '../paper-queries.ts';
import type { Route } from './+types/application-pdf';

/** The whole application on paper, in the language asked for (`?lng=`). */
export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { locale } = state(context);
  const of = await shown(context, () => printedApplication(platform().db, actor, params.ref));
  return new Response(await applicationPdf(of, locale), {
    headers: {
      'Content-Type': 'application/pdf',
      'Content-Disposition': `inline; filename="${of.reference}-${locale}.pdf"`,
      'Cache-Control': 'private, no-store',
    },
  });
}
