import readWorkbook from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { addApplication, addCall, addExchangePeople, revisionOf } from '#tests/support/exchange.ts';
import { usePortal } from '#tests/support/portal.ts';
import { addAccount, addPerson } from '#tests/support/thesis.ts';

const portal = await usePortal({ demo: true, jobs: false });
const { db } = portal;
const people = await addExchangePeople(db);
const now = new Date();
const call = await addCall(db, people, now);
const references: string[] = [];
for (const [index, title] of ['=2+2', 'Выщелачивание шлама', 'Solvent extraction'].entries()) {
  const student = await addPerson(db, 'IITISM', ['student'], `list${index}@test.example`);
  references.push((await addApplication(db, student, call, now, { fields: { title } })).reference);
}
const signedIn = async (actor: typeof people.student, lng: 'en' | 'ru' = 'en') => {
  const someone = portal.visitor(lng);
  await someone.signIn(await addAccount(db, actor));
  return someone;
};
const home = await signedIn(people.homeCoordinator);
const host = await signedIn(people.hostCoordinator, 'ru');
const bytesOf = async (visitor: typeof home, path: string) => {
  const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const response = await fetch(new URL(path, portal.url), { headers: { cookie } });
  return Buffer.from(await response.arrayBuffer());
};

describe('the list', () => {
  it('answers nonsense in its address as if it were not there', async () => {
    const answer = await home.get(
      '/exchanges?state=archived&after=x_y&party=me&search=%25%5C_&before=9999-99-99',
    );
    expect(answer.status).toBe(200);
    expect((await home.get('/exchanges?after=2026-99-99T00:00:00.000000Z_not-an-id')).status).toBe(200);
  });
});

describe('several at once', () => {
  it('are shown before anything changes, decided once confirmed, and never twice', async () => {
    const [one = '', two = '', three = ''] = references;
    const asked = `act=eligible&ref=${one}&ref=${two}&ref=EX-2020-9999`;
    const preview = await home.get(`/exchanges/bulk?${asked}`);
    expect(preview.status).toBe(200);
    expect(preview.text).toContain('Confirm for 2 applications');
    expect(await revisionOf(db, one)).toBe(chosenIn(preview.text)[0]?.split(' ')[1]);

    const chosen = chosenIn(preview.text);
    const unconfirmed = await home.post('/exchanges/bulk', { act: 'eligible', chosen });
    expect(unconfirmed.status).toBe(422);
    expect(await stateOf(one)).toBe('submitted');

    const form = { act: 'eligible', chosen, confirmed: 'on' };
    const done = await home.post('/exchanges/bulk', form);
    expect(done.text).toContain('Done for 2 applications.');
    expect([await stateOf(one), await stateOf(two), await stateOf(three)]).toEqual([
      'eligible',
      'eligible',
      'submitted',
    ]);
    expect((await home.post('/exchanges/bulk', form)).text).toContain('Done for 0 applications.');
  });

  it('leave alone what the host has no pen for', async () => {
    const [one = ''] = references;
    const revision = await revisionOf(db, one);
    const preview = await host.get(`/exchanges/bulk?act=nominate&ref=${one}`);
    expect(preview.text).toContain('Решение принимаете не вы.');
    const form = { act: 'nominate', chosen: [`${one} ${revision}`], confirmed: 'on' };
    expect((await host.post('/exchanges/bulk', form)).text).toContain('Выполнено для 0 заявок.');
    expect(await revisionOf(db, one)).toBe(revision);
  });
});

describe('a downloaded list', () => {
  it('is a workbook of what the filters show, formulas as text', async () => {
    const bytes = await bytesOf(home, '/exchanges/export.xlsx?search=list0&stage=review');
    expect(bytes.subarray(0, 2).toString()).toBe('PK');
    const [sheet] = await readWorkbook(bytes);
    expect(sheet?.data.at(-1)).toContain('=2+2');
    expect(sheet?.data).toHaveLength(3);
  });

  it('is CSV for the reader’s spreadsheet, and never a formula', async () => {
    const russian = (await bytesOf(host, '/exchanges/export.csv')).toString('utf8');
    expect(russian.startsWith('\uFEFFНомер;Конкурс;')).toBe(true);
    expect(russian).toContain(';Выщелачивание шлама;');
    expect(russian).toContain("'=2+2");
    expect(russian.trim().split('\n')).toHaveLength(4);
  });

  it('is empty for whoever coordinates nothing', async () => {
    const student = await signedIn(people.student);
    const csv = (await bytesOf(student, '/exchanges/export.csv')).toString('utf8');
    expect(csv.trim().split('\n')).toHaveLength(1);
  });
});

function chosenIn(html: string): string[] {
  return [...html.matchAll(/name="chosen" value="([^"]+)"/g)].map(([, value = '']) => value);
}

async function stateOf(reference: string): Promise<string | undefined> {
  const { rows } = await db.$client.query('select state from application where reference = $1', [reference]);
  return rows[0]?.state;
}
