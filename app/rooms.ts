import { room as audit } from './audit/room.ts';
import { room as delegations } from './delegations/room.ts';
import { room as exchanges } from './exchanges/room.ts';
import { room as home } from './home/room.ts';
import { room as notifications } from './notifications/room.ts';
import { room as people } from './people/room.ts';
import type { Room } from './platform/room.ts';
import { room as supervision } from './supervision/room.ts';
import { room as training } from './training/room.ts';
import { room as travel } from './travel/room.ts';
import { room as verification } from './verification/room.ts';

/** Every room's face; the only file that knows all rooms. The order is the order of the navigation. */
export const rooms: readonly Room[] = [
  home,
  exchanges,
  supervision,
  training,
  delegations,
  travel,
  verification,
  notifications,
  people,
  audit,
];
