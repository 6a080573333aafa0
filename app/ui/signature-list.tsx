import type { ReactNode } from 'react';
import { Chip } from './chip.tsx';
import type { Instant } from './format-when.ts';
import type { Side, Tone } from './side.ts';
import { SideBadge } from './side-badge.tsx';
import { When } from './when.tsx';
import { useWords } from './words.ts';

export interface SignatureEntry {
  key: string;
  /** Name of the signatory as the reader writes it; a waiting place may have only its capacity. */
  name?: string;
  /** “Home supervisor”, “Host coordinator”. */
  capacity: string;
  institution: string;
  side: Side;
  state: 'signed' | 'voided' | 'waiting';
  /** Number of the version signed, or awaited. */
  version: number;
  at?: Instant;
  /** Why it was voided, with a link to the difference. */
  note?: ReactNode;
}

const tones: Record<SignatureEntry['state'], Tone> = { signed: 'ok', voided: 'stop', waiting: 'idle' };

/** Who signed which version, whose signature a new version voided, and who is awaited. */
export function SignatureList({ signatures }: { signatures: SignatureEntry[] }) {
  const { t } = useWords();
  return (
    <ul className="signatures">
      {signatures.map((signature) => (
        <li key={signature.key} className={signature.state}>
          <div className="what">
            <b>{signature.name ?? signature.capacity}</b>
            <div className="note">
              {signature.name && `${signature.capacity}, `}
              {signature.institution}
            </div>
            {signature.note !== undefined && <div className="note">{signature.note}</div>}
          </div>
          <SideBadge side={signature.side} />
          <div className="due">
            <Chip tone={tones[signature.state]}>
              {t(`signature.${signature.state}`, { version: signature.version })}
            </Chip>
            {signature.at !== undefined && (
              <span>
                <When at={signature.at} />
              </span>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}
