import { z } from 'zod';

/** The field under which a journey's passport and birth lie in the vault: one value, kept and erased together. */
export const papersField = (tripId: string) => `trip-papers:${tripId}`;

/** Where a traveller lives: asked for in invitations, kept apart so that it can come before or after the passport. */
export const residenceField = (tripId: string) => `trip-residence:${tripId}`;

/** What a visa needs of a person and nobody else may read: it lies in the vault of the home side. */
export const tripPapers = z.object({
  number: z.string(),
  issued: z.string(),
  validUntil: z.string(),
  birthDate: z.string().nullable(),
  birthPlace: z.string().nullable(),
});
export type TripPapers = z.output<typeof tripPapers>;

/** The number as a page shows it unrevealed: nothing of it. */
export const MASK = '••••••••';
