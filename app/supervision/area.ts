/** Research areas of the memorandum; their words stand under `supervision:area`. */
export const AREAS = [
  'rare-earth-processing',
  'permanent-magnets',
  'high-purity-metals',
  'refractory-powders',
  'electronics-optics-materials',
  'battery-recycling',
  'tailings-recovery',
  'digital-plants',
] as const;

export type Area = (typeof AREAS)[number];

export const isArea = (value: string): value is Area => AREAS.includes(value as Area);
