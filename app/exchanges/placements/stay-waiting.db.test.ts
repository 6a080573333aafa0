import { expect, test } from 'vitest';
import type { PersonActor } from '#app/platform/actor.ts';
import { useDatabase } from '#tests/support/database.ts';
import {
  addStay,
  after,
  layStay,
  makeArrived,
  makeClosable,
  onDay,
  signStay,
  stayRow,
} from '#tests/support/stay.ts';
import { layClosing } from './lay-closing.ts';
import { makeRequest } from './make-request.ts';
import { stayTasks } from './stay-waiting.ts';

const { db } = await useDatabase();
const now = new Date('2026-11-20T09:00:00Z');

test('what waits is asked of whoever holds the pen, and of nobody else', async () => {
  const { people, reference } = await addStay(db, now);
  const { student, homeCoordinator, hostCoordinator, hostSupervisor } = people;
  const waits = async (who: PersonActor, days: number) =>
    (await stayTasks(db, who, after(now, days)))
      .filter((task) => task.note === reference)
      .map((task) => task.text.replace('placements:waiting.', ''));

  expect(await waits(student, 1)).toEqual(['write']);
  expect(await waits(hostSupervisor, 1)).toEqual(['write']);
  expect(await waits(homeCoordinator, 1)).toEqual([]);

  await layStay(db, people, reference, now);
  for (const who of [student, homeCoordinator, hostCoordinator, hostSupervisor]) {
    expect(await waits(who, 1)).toEqual(['sign']);
  }
  await signStay(db, people, reference, now, ['participant', 'host-coordinator']);
  expect(await waits(student, 1)).toEqual([]);
  expect(await waits(hostCoordinator, 1)).toEqual([]);
  expect(await waits(homeCoordinator, 1)).toEqual(['sign']);
  await signStay(db, people, reference, now, ['home-coordinator', 'host-supervisor']);
  expect(await waits(student, 1)).toEqual(['prepare']);
  expect(await waits(hostCoordinator, 69)).toEqual([]);
  expect(await waits(hostCoordinator, 70)).toEqual(['confirmArrival']);
});

test('duties, requests, departure', async () => {
  const { people, reference } = await addStay(db, now);
  const waits = async (who: PersonActor, days: number) =>
    (await stayTasks(db, who, after(now, days)))
      .filter((task) => task.note === reference)
      .map((task) => task.text.replace('placements:waiting.', ''));
  await makeArrived(db, people, reference, now);
  expect(await waits(people.hostCoordinator, 80)).toEqual(['duty.ru-notification']);
  expect(await waits(people.student, 80)).toEqual([]);
  const asked = { reference, kind: 'extension', newDate: onDay(now, 130), reason: 'More' };
  await makeRequest(db, people.student, asked, after(now, 80));
  expect(await waits(people.hostCoordinator, 112)).toEqual([
    'confirmDeparture',
    'duty.ru-notification',
    'decide',
  ]);
  expect(await waits(people.homeCoordinator, 112)).toEqual([]);
});

test('closing', async () => {
  const { people, reference } = await addStay(db, now);
  const waits = async (who: PersonActor) =>
    (await stayTasks(db, who, after(now, 121)))
      .filter((task) => task.note === reference)
      .map((task) => task.text.replace('placements:waiting.', ''));
  await makeClosable(db, people, reference, now);
  expect(await waits(people.homeCoordinator)).toEqual(['close']);
  expect(await waits(people.hostSupervisor)).toEqual([]);
  const { revision } = await stayRow(db, reference);
  await layClosing(db, people.homeCoordinator, { reference, revision });
  expect(await waits(people.homeCoordinator)).toEqual(['signClosing']);
  expect(await waits(people.student)).toEqual([]);
});
