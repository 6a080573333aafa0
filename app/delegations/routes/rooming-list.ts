import { aboutLines } from '#app/delegations/paper-words.ts';
import { bedsOf } from '#app/delegations/papers-queries.ts';
import { delegatesOf, delegationInScope } from '#app/delegations/queries.ts';
import { roomingList } from '#app/delegations/rooming-list.ts';
import { forbidden } from '#app/platform/outcome.ts';
import { shown, signedIn } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { sendWorkbook, writeWorkbook } from '#app/platform/spreadsheet.server.ts';
import type { Route } from './+types/rooming-list';

/** The rooming list as a workbook, before the event for the hotel and after it for the bill. */
export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { db } = platform();
  return shown(context, async () => {
    const { delegation, event, may } = await delegationInScope(db, actor, params.ref);
    if (!may.roomingList) throw forbidden();
    const [people, beds] = await Promise.all([delegatesOf(db, delegation.id), bedsOf(db, delegation.id)]);
    const sheets = roomingList(aboutLines({ ...event, hotel: delegation.hotel }), people, beds);
    return sendWorkbook(`${delegation.reference}-rooming-list`, await writeWorkbook(sheets));
  });
}
