import { notFound } from '#app/platform/outcome.ts';
import { refusalResponse } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { certificatePdf } from '../certificate-pdf.ts';
import { readCode } from '../code.ts';
import { certificateByCode } from '../queries.ts';
import type { Route } from './+types/certificate-pdf';

/** The certificate as a paper, for anyone who has its code; a revoked one says so on its face. */
export async function loader({ context, params }: Route.LoaderArgs) {
  const { db, config } = platform();
  const code = readCode(params.code);
  const found = code && (await certificateByCode(db, code));
  if (!found) throw refusalResponse(context, notFound());
  const bytes = await certificatePdf(found, `${config.appUrl}/verify/${found.code}`);
  return new Response(new Uint8Array(bytes), {
    headers: {
      'Content-Type': 'application/pdf',
      'Content-Disposition': `inline; filename="${found.number}.pdf"`,
      'Cache-Control': 'private, no-store',
    },
  });
}
