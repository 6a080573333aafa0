import type { CourseArea } from '#db/schema/training.ts';

/** Areas in the order in which the catalogue offers them; their words stand under `training:area`. */
export const areas = [
  'rare-earth-processing',
  'permanent-magnets',
  'high-purity-metals',
  'refractory-powders',
  'electronics-optics-materials',
  'battery-recycling',
  'tailings-recovery',
  'digital-plants',
  'all',
] as const satisfies CourseArea[];
