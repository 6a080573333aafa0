import { and, asc, desc, eq, inArray, isNull } from 'drizzle-orm';
import { namesOf } from '#app/people/queries.ts';
import { endOfDay } from '#app/platform/calendar.ts';
import type { DbOrTx } from '#db/client.server.ts';
import { institution } from '#db/schema/people.ts';
import { placement } from '#db/schema/placements.ts';
import { auditRow, signature } from '#db/schema/platform.ts';
import { placementWorkflow, type PlacementStep } from './workflow.ts';

type Stay = typeof placement.$inferSelect;
