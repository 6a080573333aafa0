import { expect, it } from 'vitest';
import { connect } from '#db/client.server.ts';
import { useDatabase } from '#tests/support/database.ts';
import { mayMail, passDoor } from './limiter.server.ts';
import { Refusal } from './outcome.ts';

const { db } = await useDatabase();

async function refusalOf(attempt: Promise<unknown>): Promise<Refusal | null> {
  try {
    await attempt;
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

it('makes an account and a network wait together, and nobody else', async () => {
  const account = 'guessed@t.example';
  for (let attempt = 1; attempt <= 8; attempt += 1) {
    await passDoor(db, 'sign-in', { address: '192.0.2.1', account });
  }
  const refused = await refusalOf(passDoor(db, 'sign-in', { address: '192.0.2.1', account }));
  expect(refused).toMatchObject({ code: 'limit', reason: 'auth.tooMany' });
  expect(refused?.params.seconds).toBeGreaterThan(0);
  // The same account elsewhere, somebody else here, and another spelling of the account.
  expect(await refusalOf(passDoor(db, 'sign-in', { address: '192.0.2.2', account }))).toBeNull();
  expect(
    await refusalOf(passDoor(db, 'sign-in', { address: '192.0.2.1', account: 'b@t.example' })),
  ).toBeNull();
  expect(
    await refusalOf(passDoor(db, 'sign-in', { address: '192.0.2.1', account: ' GUESSED@t.example' })),
  ).not.toBeNull();
});

it('forgets the attempts once the secret was right', async () => {
  for (let attempt = 1; attempt <= 20; attempt += 1) {
    const door = await passDoor(db, 'sign-in', { address: '192.0.2.3', account: 'right@t.example' });
    await door.succeeded();
  }
  expect(
    await refusalOf(passDoor(db, 'sign-in', { address: '192.0.2.3', account: 'right@t.example' })),
  ).toBeNull();
});

it('bears a campus behind one address, and stops a flood', async () => {
  const attempts = Array.from({ length: 300 }, (_, index) =>
    passDoor(db, 'sign-up', { address: '192.0.2.4', account: `student${index}@t.example` }),
  );
  await Promise.all(attempts);
  const refused = await refusalOf(
    passDoor(db, 'sign-up', { address: '192.0.2.4', account: 'one@t.example' }),
  );
  expect(refused).toMatchObject({ code: 'limit' });
});

it('sends at most five mails an hour about an account', async () => {
  const answers: boolean[] = [];
  for (let mail = 0; mail < 7; mail += 1) answers.push(await mayMail(db, 'mailed@t.example'));
  expect(answers).toEqual([true, true, true, true, true, false, false]);
});

it('stays shut when the counters are away', async () => {
  const away = connect('postgres://nobody@127.0.0.1:9/none', { max: 1 });
  const refused = await refusalOf(
    passDoor(away, 'sign-in', { address: '192.0.2.5', account: 'a@t.example' }),
  );
  expect(refused).toMatchObject({ code: 'unavailable', reason: 'auth.doorAway' });
  await away.$client.end();
});
