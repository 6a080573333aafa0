import { asc, eq } from 'drizzle-orm';
import { currentVersion, type Version } from '#app/platform/versions.server.ts';
import type { DbOrTx } from '#db/client.server.ts';
import { placementRefusal } from '#db/schema/placements.ts';
import type { Placement } from './placement-scope.ts';

/** Under what name the versions of the programme and of the closing stand. */
export const PROGRAMME = 'programme';
export const CLOSING = 'closing';

/** What was sent back, with who said what of it; the oldest first. */
export async function refusalsOf(db: DbOrTx, placementId: string) {
  return db
    .select()
    .from(placementRefusal)
    .where(eq(placementRefusal.placementId, placementId))
    .orderBy(asc(placementRefusal.refusedAt), asc(placementRefusal.id));
}

/** The programme that awaits signatures: laid, neither in force yet nor sent back. */
export async function pendingProgramme(db: DbOrTx, record: Placement): Promise<Version | null> {
  const version = await currentVersion(db, PROGRAMME, record.id);
  if (!version || version.id === record.programmeVersionId) return null;
  return (await isRefused(db, version.id)) ? null : version;
}

/** The closing that awaits signatures, or that both have signed. */
export async function currentClosing(db: DbOrTx, record: Placement): Promise<Version | null> {
  const version = await currentVersion(db, CLOSING, record.id);
  return version && !(await isRefused(db, version.id)) ? version : null;
}

async function isRefused(db: DbOrTx, versionId: string): Promise<boolean> {
  const [found] = await db
    .select({ id: placementRefusal.id })
    .from(placementRefusal)
    .where(eq(placementRefusal.versionId, versionId));
  return found !== undefined;
}
