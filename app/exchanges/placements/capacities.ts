/** In what capacity somebody stands in a stay. The first four sign the programme, the two coordinators the closing. */
export const CAPACITIES = ['participant', 'home-coordinator', 'host-supervisor', 'host-coordinator'] as const;
export type Capacity = (typeof CAPACITIES)[number];

export const COORDINATORS = ['home-coordinator', 'host-coordinator'] as const satisfies Capacity[];
