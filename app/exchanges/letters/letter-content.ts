import type { LocalizedText } from '#db/schema/shared.ts';

/** Number of the shape of a letter's content. */
export const LETTER_SCHEMA_VERSION = 1;

export const LETTER_KINDS = ['nomination', 'acceptance', 'refusal'] as const;
export type LetterKind = (typeof LETTER_KINDS)[number];

/** The decision a letter of refusal tells of. */
export type Refusal = 'ineligible' | 'notNominated' | 'declined';

/** A name as it stood when the letter was issued, in both scripts; empty where there is no spelling. */
export type LetterName = {
  latin: string;
  cyrillic: string;
  /** Whether a person has confirmed the Cyrillic spelling; a proposed one is marked on the paper. */
  confirmed: boolean;
};

/** An institution by its full name. */
export type LetterInstitution = { name: LocalizedText; city: LocalizedText | null };

/** Everything a letter says, frozen when it is issued; the words around it are the portal's. */
export type LetterContent = {
  kind: LetterKind;
  refusal: Refusal | null;
  number: string;
  /** Day of issue in the issuing institution's city. */
  issuedOn: string;
  application: { reference: string; title: string };
  call: { reference: string; title: LocalizedText };
  applicant: LetterName;
  /** How the letter turns to the applicant; empty where the form would have to be guessed. */
  salutation: LocalizedText;
  home: LetterInstitution;
  host: LetterInstitution;
  signatory: LetterName & { party: 'home' | 'host' };
  stay: { from: string; until: string; laboratory: string; supervisor: LetterName } | null;
  /** The wish of the applicant, in a nomination. */
  wish: { start: string; weeks: number } | null;
  reason: string | null;
};
