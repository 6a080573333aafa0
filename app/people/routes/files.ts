import { ContentDisposition } from '@remix-run/headers';
import { validate as isUuid } from 'uuid';
import { Refusal } from '#app/platform/outcome.ts';
import { signedIn, words } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { readFile } from '../read-file.ts';
import type { Route } from './+types/files';

/** Kinds that a browser shows by itself; everything else is only saved. */
const SHOWN = new Set(['application/pdf', 'image/png', 'image/jpeg']);

/** A file's bytes, streamed. What people sent in runs nothing here, whatever a browser takes it for. */
export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { db, rooms, files } = platform();
  const absent = () => new Response(words(context)('errors:notFound'), { status: 404, headers: PLAIN });
  if (!isUuid(params.id)) return absent();
  try {
    const readers = rooms.flatMap((room) => room.files ?? []);
    const file = await readFile(db, actor, readers, params.id);
    const bytes = await files.open(file.id);
    if (!bytes) return absent();
    return new Response(bytes, {
      headers: {
        'Content-Type': file.mediaType,
        'Content-Length': String(file.size),
        'Content-Disposition': disposition(file.name, SHOWN.has(file.mediaType)),
        'Content-Security-Policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
        'X-Content-Type-Options': 'nosniff',
        'Cache-Control': 'private, no-store',
      },
    });
  } catch (error) {
    if (error instanceof Refusal && error.code === 'not-found') return absent();
    throw error;
  }
}

const PLAIN = { 'Content-Type': 'text/plain; charset=utf-8' };

/** The name in ASCII for old programs, and whole for the others (RFC 6266). */
function disposition(name: string, shown: boolean): string {
  const header = new ContentDisposition({ type: shown ? 'inline' : 'attachment' });
  header.filename = name.replace(/[^\x20-\x7e]/g, '_').replace(/["\\%]/g, '_');
  header.filenameSplat = `UTF-8''${encodeURIComponent(name).replace(/['()*]/g, percent)}`;
  return header.toString();
}

const percent = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
