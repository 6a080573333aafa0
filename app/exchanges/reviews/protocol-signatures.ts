import { personName } from '#app/people/person-name.ts';
import type { SignatureEntry } from '#app/ui/signature-list.tsx';
import type { Locale } from '#db/schema/shared.ts';
import { inLanguage } from '../localized.ts';
import type { Protocol } from './ranking-queries.ts';

/** Who has signed the protocol, who is awaited, and whose signature the current version voided. */
export function protocolSignatures(
  protocol: Protocol,
  locale: Locale,
  words: { capacity: string; voided: string },
): SignatureEntry[] {
  const nameOf = (one: { name: Protocol['voided'][number]['name'] } | null) =>
    one?.name ? personName(one.name, locale) : undefined;
  const standing = protocol.parties.map(({ institution, signature }) => ({
    key: institution?.id ?? 'none',
    name: nameOf(signature),
    capacity: words.capacity,
    institution: institution ? inLanguage(institution.shortName, locale) : '',
    side: institution?.side ?? ('in' as const),
    state: signature ? ('signed' as const) : ('waiting' as const),
    version: protocol.version.number,
    at: signature?.signedAt,
  }));
  const voided = protocol.voided.map((one) => ({
    key: one.id,
    name: nameOf(one),
    capacity: words.capacity,
    institution: one.institution ? inLanguage(one.institution.shortName, locale) : '',
    side: one.institution?.side ?? ('in' as const),
    state: 'voided' as const,
    version: protocol.earlier ?? protocol.version.number,
    at: one.signedAt,
    note: words.voided,
  }));
  return [...standing, ...voided];
}
