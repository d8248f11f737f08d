/**
 * A place of work for the colleagues in a test's own database: they enrol and are named in a
 * genesis through the real use cases. Parties are names only, so nothing goes on after the last
 * statement.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addressOf } from '#lib/chains/solana/address.ts';
import { createSolanaClient } from '#lib/chains/solana/client.ts';
import { sandboxSettings, valueOf } from '#lib/identity/testing/people.ts';
import { draftGenesis } from '#lib/operations/genesis/draft-genesis.ts';
import { prepareDestination } from '#lib/operations/prepare-destination.ts';
import { systemClock } from '#lib/platform/clock.ts';
import type { Context } from '#lib/platform/context.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { createTestDatabase } from '#lib/platform/db/testing/database.ts';
import { canonicalize, digestOf } from '#lib/protocol/intent.ts';
import { enrolColleagues } from '../../seed/enrol-colleagues.ts';
import { raiseAs } from '../colleague.ts';
import { Team } from '../team.ts';

export type Workplace = {
  team: Team;
  owner: Database;
  worker: Database;
  context: Context;
  /** A new folder that goes with the workplace. */
  folder: string;
  close(): Promise<void>;
};

const client = 'C-20418';
const noNode = 'http://127.0.0.1:1';

const parties = (['control', 'custody', 'recovery'] as const).map((name, place) => ({
  name,
  group: name,
  index: place + 1,
  identityKey: `1${place}`.repeat(32),
  exchangeKey: `2${place}`.repeat(32),
}));

export async function openWorkplace(): Promise<Workplace> {
  const database = await createTestDatabase();
  const folder = mkdtempSync(join(tmpdir(), 'countersign-colleagues-'));
  const owner = database.connect('owner');
  const context: Context = {
    db: database.connect('web'),
    clock: systemClock,
    settings: sandboxSettings,
  };
  const ring = await enrolColleagues(join(folder, 'key-ring.json'), {
    ...context,
    parties: [],
    origins: new Map(),
    solana: createSolanaClient(noNode),
    solanaRpc: noNode,
    log: () => undefined,
  });
  await takeIntoForce(owner, context);
  await owner.client.create({ data: { id: client } });
  return {
    team: new Team(ring, context),
    owner,
    worker: database.connect('worker'),
    context,
    folder,
    close: async () => {
      rmSync(folder, { recursive: true, force: true });
      await database.drop();
    },
  };
}

/** What the worker does once every party has pinned the genesis. */
async function takeIntoForce(owner: Database, context: Context): Promise<void> {
  const { roster, policy } = valueOf(await draftGenesis(parties, context)).document;
  const row = (document: unknown) => ({
    version: 1,
    digest: digestOf(document),
    document: canonicalize(document),
  });
  await owner.rosterVersion.create({ data: row(roster) });
  await owner.policyVersion.create({ data: row(policy) });
  await owner.operator.updateMany({ data: { status: 'active' } });
  await owner.credential.updateMany({ data: { status: 'active' } });
}

/** A destination listing raised by a colleague; it asks for one approver and one co-signer. */
export async function raiseListing(
  { team, context }: Workplace,
  by = 'ada',
): Promise<{ id: string; number: string }> {
  const operation = randomUUID();
  const address = addressOf(crypto.getRandomValues(new Uint8Array(32)));
  const raised = await raiseAs(
    await team.signIn(by),
    (actor) =>
      prepareDestination(
        actor,
        { operation, client, chain: 'solana:sandbox', asset: 'SOL', address, label: 'Own wallet' },
        context,
      ),
    context,
  );
  return { id: operation, number: valueOf(raised).number };
}
