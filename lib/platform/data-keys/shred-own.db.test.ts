import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../db/testing/database.ts';
import { dataKeys } from './our-keys.ts';
import { shredOneOwn, shredOwn } from './shred-own.ts';

let database: TestDatabase;
const person = 'ps-aaaaaaaaaaaaaaaa';
const package_ = '0b9d1c52-7c1e-4c7e-9f51-0a6f3f0f1c11';

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

it('destroys a key for the row that it belongs to and for no other one, whatever that row says', async () => {
  const [owner, worker] = [database.connect('owner'), database.connect('worker')];
  const [theirs = '', its = '', nobodys = ''] = await dataKeys().make(3);
  await owner.dataKeyOwner.createMany({
    data: [
      { keyId: theirs, kind: 'person', owner: person },
      { keyId: its, kind: 'package', owner: package_ },
    ],
  });
  const asked = [
    { key: theirs, kind: 'package', owner: package_ },
    { key: its, kind: 'package', owner: package_ },
    { key: nobodys, kind: 'package', owner: package_ },
  ] as const;
  const { receipt, refused } = await shredOwn(worker, asked);
  expect(receipt?.destroyed).toEqual([its]);
  expect(refused.map(({ key }) => key)).toEqual([theirs, nobodys]);
  expect(await dataKeys().missing([theirs, its, nobodys])).toEqual([its]);
  for (const one of [
    asked[0],
    asked[2],
    { key: theirs, kind: 'person', owner: 'ps-other' } as const,
  ])
    await expect(shredOneOwn(worker, one)).rejects.toThrow('not its own');
  await shredOneOwn(worker, { key: theirs, kind: 'person', owner: person });
  expect(await dataKeys().missing([theirs])).toEqual([theirs]);
});

it('keeps who owns which key from the web server, and lets nobody change it', async () => {
  const [web, worker] = [database.connect('web'), database.connect('worker')];
  await expect(web.dataKeyOwner.findMany({ take: 1 })).rejects.toThrow(/permission denied/);
  const data = { keyId: 'ab'.repeat(16), kind: 'package', owner: package_ };
  for (const role of [web, worker])
    await expect(role.dataKeyOwner.create({ data })).rejects.toThrow(/permission denied/);
  await expect(
    web.$queryRaw`select own_data_key(${data.keyId}, 'package', ${package_})`,
  ).rejects.toThrow(/permission denied/);
  await expect(
    database.connect('owner').dataKeyOwner.updateMany({ data: { owner: person } }),
  ).rejects.toThrow(/append-only/);
});
