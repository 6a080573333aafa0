import { permits } from '#app/people/access.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { forbidden, stale } from '#app/platform/outcome.ts';
import { signVersion, type Version } from '#app/platform/versions.server.ts';
import type { Db, Tx } from '#db/client.server.ts';
import type { Locale } from '#db/schema/shared.ts';
import { forgetCounts } from '../count-cache.ts';
import type { Capacity } from './capacities.ts';
import { capacitiesOf, partyOf } from './placement-parties.ts';
import { lockPlacement, type Placement } from './placement-scope.ts';
import { placementRules } from './policy.ts';

/** What somebody signs of a stay, in which of their capacities. */
export interface StaySignature {
  reference: string;
  /** Hash of the text that was on the screen. */
  hashShown: string;
  as: Capacity;
  locale: Locale;
}

/** What is told apart between the texts of a stay. */
interface LaidText {
  right: 'placements.sign' | 'placements.signClosing';
  /** While it can be signed. */
  open: readonly Placement['state'][];
  /** Who signs it. */
  signers: readonly Capacity[];
  /** The version that awaits signatures. */
  laid: (tx: Tx, record: Placement) => Promise<Version | null>;
  /** What else may stand against signing. */
  check?: (tx: Tx, record: Placement, version: Version) => Promise<void>;
  /** What follows in the same transaction; `complete` with the last signature. */
  follow: (tx: Tx, record: Placement, version: Version, complete: boolean) => Promise<void>;
}

/**
 * Signs the text of a stay that is laid before its signatories, in one of the capacities the actor stands in.
 *
 * @returns whether all have signed now.
 * @throws Refusal `not-found`, `forbidden` in a capacity that is not the actor's or a second one, `stale` when another
 *   text is laid or none, and what the text itself refuses
 */
export async function signLaid(
  db: Db,
  actor: PersonActor,
  { reference, hashShown, as, locale }: StaySignature,
  text: LaidText,
  now: Date,
): Promise<boolean> {
  const complete = await db.transaction(async (tx) => {
    const record = await lockPlacement(tx, actor, reference);
    const permitted = permits(placementRules[text.right], actor, record);
    if (!permitted || !capacitiesOf(actor, record).includes(as)) throw forbidden();
    if (!text.open.includes(record.state)) throw stale('staleState');
    const version = await text.laid(tx, record);
    if (!version) throw stale();
    await text.check?.(tx, record, version);
    const signed = await signVersion(tx, {
      versionId: version.id,
      hashShown,
      actor,
      ...partyOf(record, as),
      locale,
      parties: text.signers.map((capacity) => partyOf(record, capacity)),
      now,
    });
    await text.follow(tx, record, version, signed.complete);
    return signed.complete;
  });
  forgetCounts();
  return complete;
}
