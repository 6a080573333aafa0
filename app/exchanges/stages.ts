import { APPLICATION_STATES, type ApplicationState } from '#db/schema/exchanges.ts';
import { PLACEMENT_STATES, type PlacementState } from '#db/schema/placements.ts';

/** Where an application that was handed in stands; the database computes it (`application.stage`). */
export type Stage = Exclude<ApplicationState, 'draft' | 'accepted'> | `placement-${PlacementState}`;

export const STAGES: readonly Stage[] = [
  ...APPLICATION_STATES.filter((state) => state !== 'draft' && state !== 'accepted'),
  ...PLACEMENT_STATES.map((state) => `placement-${state}` as const),
];

/** The pipeline a coordinator works along; each of its stages gathers what asks for the same work. */
export const PIPELINE = {
  check: ['submitted', 'returned'],
  review: ['eligible'],
  nominate: ['selected', 'reserve'],
  answer: ['nominated', 'queried'],
  programme: ['placement-programme'],
  travel: ['placement-preparing'],
  stay: ['placement-stay'],
  closing: ['placement-returned'],
  closed: ['placement-closed'],
  ended: [
    'withdrawn',
    'ineligible',
    'not-selected',
    'not-nominated',
    'declined',
    'placement-no-show',
    'placement-cancelled',
  ],
} as const satisfies Record<string, readonly Stage[]>;
export type PipelineStage = keyof typeof PIPELINE;

/** The stages in which the application waits for a coordinator of that party. */
export const WAITS: Record<'home' | 'host', readonly Stage[]> = {
  home: ['submitted', 'eligible', 'selected', 'queried'],
  host: ['nominated'],
};

const stageOf = new Map<Stage, PipelineStage>(
  Object.entries(PIPELINE).flatMap(([key, stages]) =>
    (stages as readonly Stage[]).map((stage) => [stage, key as PipelineStage] as const),
  ),
);

/** The stage of the pipeline in which an application stands; every one has its place (a test holds that). */
export function pipelineStageOf(stage: Stage): PipelineStage | undefined {
  return stageOf.get(stage);
}
