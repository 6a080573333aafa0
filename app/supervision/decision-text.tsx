import { useTranslation } from 'react-i18next';
import { personName } from '#app/people/person-name.ts';
import { languageOf } from '#app/ui/language.ts';
import { type SignatureEntry, SignatureList } from '#app/ui/signature-list.tsx';
import type { DecisionContent } from './decision-content.ts';
import { inLanguage } from './in-language.ts';
import type { ReportPage } from './load-report-page.ts';
import { OutcomeChip } from './report-state.tsx';
import { EitherText } from './shown-text.tsx';
import { supervisorsOf } from './supervisors.ts';

/** What a version of the decision says, in both languages. */
export function DecisionText({ content }: { content: DecisionContent }) {
  return (
    <>
      <p className="mb-3">
        <OutcomeChip outcome={content.outcome} />
      </p>
      <EitherText text={content.text} />
    </>
  );
}

/** Who signed the version in force, who is awaited, and which signatures a new version voided. */
export function DecisionSignatures({ page }: { page: ReportPage }) {
  const { t, i18n } = useTranslation('supervision');
  const language = languageOf(i18n);
  const current = page.decisions.at(-1);
  if (!current) return null;
  const { number } = current.version;
  const entries = supervisorsOf(page.members).flatMap((member): SignatureEntry[] => {
    const who = {
      name: personName(member.name, language),
      capacity: t(`role.${member.role}`),
      institution: inLanguage(member.institution, language).text,
      side: member.side,
    };
    const standing = current.signatures.find((s) => s.capacity === member.role && s.voidedAt === null);
    const voided = page.decisions.flatMap(({ version, signatures }) =>
      signatures
        .filter((s) => s.capacity === member.role && s.voidedAt !== null)
        .map((s) => ({
          ...who,
          key: s.id,
          state: 'voided' as const,
          version: version.number,
          at: s.signedAt,
          note: t('decision.voided', { number: version.number + 1 }),
        })),
    );
    return [
      standing
        ? { ...who, key: standing.id, state: 'signed', version: number, at: standing.signedAt }
        : { ...who, key: member.role, state: 'waiting', version: number },
      ...voided,
    ];
  });
  return <SignatureList signatures={entries} />;
}
