import { afterAll, beforeAll, expect, it } from 'vitest';
import { testContext } from '#lib/identity/testing/people.ts';
import { prepareParty, type PartyProcess } from '#lib/mpc/testing/party-process.ts';
import { createTestDatabase, type TestDatabase } from '#lib/platform/db/testing/database.ts';
import { digestOf } from '#lib/protocol/intent.ts';
import { viewHealth } from './view-health.ts';

let database: TestDatabase;
let party: PartyProcess;

beforeAll(async () => {
  [database, party] = await Promise.all([createTestDatabase(), prepareParty({ name: 'control' })]);
  await party.start();
});
afterAll(async () => {
  await party.remove();
  await database.drop();
});

it('a party without a genesis is well until there is a roster, and a fault from then on', async () => {
  const context = testContext(database.connect('web'));
  await database
    .connect('worker')
    .heartbeat.create({ data: { name: 'worker', at: context.clock(), detail: {} } });
  const view = () => viewHealth(context, [party.client], {});
  expect(await view()).toMatchObject({ status: 'ok', parties: { control: 'no genesis' } });
  await database.connect('owner').rosterVersion.create({
    data: { version: 1, digest: digestOf({}), document: '{}' },
  });
  expect(await view()).toMatchObject({ status: 'degraded', parties: { control: 'no genesis' } });
});
