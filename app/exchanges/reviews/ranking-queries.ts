import { institutionsOf } from '#app/people/access.ts';
import { institutions, namesOf } from '#app/people/queries.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { notFound } from '#app/platform/outcome.ts';
import { currentVersion, signaturesOf, versionsOf } from '#app/platform/versions.server.ts';
import type { DbOrTx } from '#db/client.server.ts';
import { signingParties } from '../calls/call-columns.ts';
import {
  choicesOf,
  isUpToDate,
  placesOf,
  RANKING,
  rankingSchema,
  rankingSides,
  standingsHash,
} from './ranking-content.ts';
import { committeeCall } from './review-scope.ts';
import { candidatesOf, isBlocked, rankingState } from './standing-queries.ts';

/**
 * The ranking of a call: what still blocks it, the standings with their ties, the protocol as it was fixed last with
 * its signatures, and what the actor can do.
 *
 * @throws Refusal `not-found`, `forbidden`
 */
export async function rankingPage(db: DbOrTx, actor: PersonActor, reference: string, now: Date) {
  const found = await committeeCall(db, actor, reference);
  const [{ standings, blockers }, candidates, protocol] = await Promise.all([
    rankingState(db, found, now),
    candidatesOf(db, found.id),
    protocolOf(db, found),
  ]);
  const content = protocol?.content ?? null;
  const reserve = Object.fromEntries(
    placesOf(found).map(({ side, places }) => [
      side,
      content?.sides.find((one) => one.side === side)?.reserve ?? places,
    ]),
  );
  const ties = content ? choicesOf(content, standings).ties : {};
  const current = rankingSides(found, standings, { reserve, ties });
  const open = found.state === 'in-review';
  const outdated = open && content !== null && !isUpToDate(content, found, standings);
  const coordinated = institutionsOf(actor, 'coordinator');
  return {
    call: found,
    blockers,
    blocked: isBlocked(blockers),
    open,
    standingsHash: standingsHash(standings),
    reserve,
    sides: current.sides,
    ties: current.ties,
    candidates,
    protocol,
    outdated,
    maySign:
      open &&
      protocol !== null &&
      !outdated &&
      !isBlocked(blockers) &&
      protocol.parties.some(
        (party) =>
          party.signature === null && party.institution && coordinated.includes(party.institution.id),
      ),
  };
}
export type RankingPage = Awaited<ReturnType<typeof rankingPage>>;

/** The current version of a ranking protocol with who has signed it; null before the first. */
async function protocolOf(db: DbOrTx, found: { id: string; signerIn: string; signerRu: string }) {
  const version = await currentVersion(db, RANKING, found.id);
  if (!version) return null;
  const [versions, given, all] = await Promise.all([
    versionsOf(db, RANKING, found.id),
    signaturesOf(db, version.id),
    institutions(db),
  ]);
  const earlier = versions.filter((one) => one.number < version.number).at(-1);
  const voided = earlier ? (await signaturesOf(db, earlier.id)).filter((one) => one.voidedAt !== null) : [];
  const standing = given.filter((one) => one.voidedAt === null);
  const names = await namesOf(
    db,
    [...standing, ...voided].map((one) => one.personId),
  );
  const named = <S extends { personId: string }>(one: S) => ({
    ...one,
    name: names.get(one.personId) ?? null,
  });
  return {
    version: { id: version.id, number: version.number, hash: version.hash, createdAt: version.createdAt },
    earlier: earlier?.number ?? null,
    content: rankingSchema.parse(version.content),
    parties: signingParties(found).map(({ institutionId }) => {
      const signature = standing.find((one) => one.institutionId === institutionId);
      return {
        institution: all.find((one) => one.id === institutionId) ?? null,
        signature: signature ? named(signature) : null,
      };
    }),
    voided: voided.map((one) => ({
      ...named(one),
      institution: all.find((place) => place.id === one.institutionId) ?? null,
    })),
  };
}
export type Protocol = NonNullable<Awaited<ReturnType<typeof protocolOf>>>;

/**
 * The protocol as it goes on paper, with the names of the people it is about.
 *
 * @throws Refusal `not-found` before the first version too; `forbidden`
 */
export async function rankingPaper(db: DbOrTx, actor: PersonActor, reference: string) {
  const found = await committeeCall(db, actor, reference);
  const protocol = await protocolOf(db, found);
  if (!protocol) throw notFound();
  const candidates = await candidatesOf(db, found.id);
  const all = await institutions(db);
  return {
    call: { reference: found.reference, title: found.title },
    signers: {
      in: all.find((one) => one.id === found.signerIn)?.name ?? { en: '', ru: '' },
      ru: all.find((one) => one.id === found.signerRu)?.name ?? { en: '', ru: '' },
    },
    candidates,
    protocol,
  };
}
export type RankingPaper = Awaited<ReturnType<typeof rankingPaper>>;
