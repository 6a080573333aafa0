import { useTranslation } from 'react-i18next';
import { languageOf } from '#app/ui/language.ts';
import { type SignatureEntry, SignatureList } from '#app/ui/signature-list.tsx';
import { inLanguage } from '../localized.ts';
import type { Capacity } from './capacities.ts';
import type { LaidVersion, PlacementPage } from './placement-queries.ts';

/** Who has signed a version, who is awaited, and whose signature a refusal or a new version voided. */
export function LaidSignatures({
  page,
  laid,
  capacities,
}: {
  page: PlacementPage;
  laid: LaidVersion;
  capacities: readonly Capacity[];
}) {
  const { t, i18n } = useTranslation('placements');
  const language = languageOf(i18n);
  const entries = capacities.flatMap((capacity): SignatureEntry[] => {
    const at = capacity === 'participant' || capacity === 'home-coordinator' ? page.home : page.host;
    const common = {
      capacity: t(`capacity.${capacity}`),
      institution: inLanguage(at.shortName, language),
      side: at.side,
      version: laid.version.number,
    };
    const given = laid.signatures.filter((one) => one.as === capacity);
    if (given.length === 0) {
      if (laid.state !== 'pending') return [];
      return [{ ...common, key: capacity, state: 'waiting' }];
    }
    return given.map((one) => ({
      ...common,
      key: one.id,
      state: one.voidedAt === null ? ('signed' as const) : ('voided' as const),
      at: one.signedAt,
      ...(one.name ? { name: one.name } : {}),
      ...(one.voidedReason
        ? { note: t(one.voidedReason === 'refused' ? 'void.refused' : 'void.superseded') }
        : {}),
    }));
  });
  return <SignatureList signatures={entries} />;
}
