import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { signIn, testContext, valueOf, type TestContext } from '#lib/identity/testing/people.ts';
import { pinGenesis } from '#lib/mpc/party/genesis.ts';
import { partyNames } from '#lib/mpc/testing/custody.ts';
import { openLocalParty, type LocalParty } from '#lib/mpc/testing/in-process.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { createTestDatabase, type TestDatabase } from '#lib/platform/db/testing/database.ts';
import { completeGenesis } from './complete-genesis.ts';
import { drawUpGenesis } from './draw-up-genesis.ts';
import { enrolFounders, sign, type Enrolled } from './testing/founding.ts';

let database: TestDatabase;
let owner: Database;
let context: TestContext;
let parties: LocalParty[];

beforeEach(async () => {
  database = await createTestDatabase();
  owner = database.connect('owner');
  context = testContext(database.connect('web'));
  const clock = { ahead: context.clock().getTime() - Date.now() };
  parties = partyNames.map((name) =>
    openLocalParty(name, clock, {
      folder: mkdtempSync(join(tmpdir(), `cs-${name}-`)),
      kek: new Uint8Array(randomBytes(32)),
    }),
  );
});
afterEach(async () => {
  for (const { party, folder } of parties) {
    party.database.close();
    rmSync(folder, { recursive: true, force: true });
  }
  await database.drop();
});

const clients = () => parties.map(({ client }) => client);
const complete = () => completeGenesis(clients(), { ...context, db: database.connect('worker') });
const statuses = async (): Promise<string[]> =>
  (await owner.operator.findMany()).map(({ status }) => status);

/** Drawn up with the parties' own keys and signed by every founder. @returns its digest */
async function foundUpToPinning(enrolled: readonly Enrolled[]): Promise<string> {
  const [first] = enrolled;
  if (!first) throw new Error('no founders');
  const { actor } = await signIn(context, first);
  const { digest } = valueOf(await drawUpGenesis(actor, clients(), context));
  for (const founder of enrolled) valueOf(await sign(founder, digest, context));
  return digest;
}

function pinAt({ party }: LocalParty, digest: string): void {
  const pinned = pinGenesis(party, digest);
  if (!pinned.ok) throw new Error(pinned.refusal);
}

/** One more key on a founder's record, of which the signed document knows nothing. */
async function slipInKey(): Promise<string> {
  const [known] = await owner.credential.findMany({ take: 1 });
  if (!known) throw new Error('no key');
  const id = randomBytes(32).toString('base64url');
  await owner.credential.create({ data: { ...known, id, transports: known.transports } });
  return id;
}

describe('genesis comes into force', () => {
  it('once every party has pinned it, and not while one has not', async () => {
    const digest = await foundUpToPinning(await enrolFounders(context));
    await complete();
    const [last, ...others] = parties;
    if (!last) throw new Error('no parties');
    for (const party of others) pinAt(party, digest);
    await complete();
    expect(await statuses()).toEqual(Array(4).fill('pending'));
    expect(await owner.rosterVersion.count()).toBe(0);
    pinAt(last, digest);
    await complete();
    expect(await statuses()).toEqual(Array(4).fill('active'));
    expect(await owner.rosterVersion.count()).toBe(1);
    expect(await owner.policyVersion.count()).toBe(1);
  });

  it('for the keys in the pinned document, and for no other key of a founder', async () => {
    const digest = await foundUpToPinning(await enrolFounders(context));
    await complete();
    for (const party of parties) pinAt(party, digest);
    const extra = await slipInKey();
    await complete();
    const keys = await owner.credential.findMany();
    expect(keys.filter(({ status }) => status === 'active')).toHaveLength(4);
    expect(keys.find(({ id }) => id === extra)?.status).toBe('pending');
  });
});
