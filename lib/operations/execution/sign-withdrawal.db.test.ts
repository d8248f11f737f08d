import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { move } from '#lib/ledger/testing/books.ts';
import { connectParty, type PartyClient } from '#lib/mpc/client/party-client.ts';
import { canonicalize, digestOf } from '#lib/protocol/intent.ts';
import { roster } from '#lib/protocol/roster.ts';
import { freshKey, SOL } from '#lib/sandbox/solana/testing/vault-fixture.ts';
import { defaultPolicy } from '../default-policy.ts';
import {
  buildOnPaper,
  openChainDesk,
  rowOf,
  type ChainDesk,
  type OnItsWay,
} from '../testing/chain-desk.ts';
import { signWithdrawal } from './sign-withdrawal.ts';

let desk: ChainDesk;

beforeAll(async () => {
  desk = await openChainDesk(['C-1001', 'C-1002', 'C-1003']);
  await putRosterInForce();
});
afterAll(() => desk.close());

/** Names of parties that say nothing of their groups. */
const groups = { bern: 'control', zurich: 'custody', geneva: 'recovery' } as const;

async function putRosterInForce(): Promise<void> {
  const document = roster.parse({
    type: 'countersign/roster/v1',
    organisation: desk.context.settings.organisation,
    environment: 'sandbox',
    version: 1,
    previous: null,
    relyingParty: { id: 'localhost', origins: ['http://localhost'] },
    people: ['p-aaaaaaaaaa', 'p-bbbbbbbbbb', 'p-cccccccccc'].map((id) => ({
      id,
      roles: ['officer'],
      group: null,
      credentials: [],
    })),
    parties: Object.entries(groups).map(([name, group], place) => ({
      name,
      group,
      index: place + 1,
      identityKey: `1${place}`.repeat(32),
      exchangeKey: `2${place}`.repeat(32),
    })),
  });
  const policy = defaultPolicy(document.organisation, 'sandbox');
  const { owner } = desk.books;
  const versionOf = (content: object) => ({
    version: 1,
    digest: digestOf(content),
    document: canonicalize(content),
  });
  await owner.rosterVersion.create({ data: versionOf(document) });
  await owner.policyVersion.create({ data: versionOf(policy) });
  await owner.mpcKey.updateMany({ data: { parties: Object.keys(groups) } });
}

/** A withdrawal whose transaction is built, in the hands of the worker. */
async function inSigning(client: string): Promise<OnItsWay> {
  const built = await buildOnPaper(desk, { client, amount: SOL });
  await move(desk.books.web, built.operation, 'cosigned');
  await move(desk.books.worker, built.operation, 'signing');
  return built;
}

/** Clients of parties that are not there. */
const away = (...names: string[]): PartyClient[] =>
  names.map((name) =>
    connectParty({
      name,
      rpc: `unix:${join(tmpdir(), `cs-no-${name}.sock`)}`,
      origin: `http://${name}.localhost`,
      expected: 'online',
    }),
  );

describe('a withdrawal whose parties have names of their own', () => {
  it('is held by name before any share can be out when the worker has none of a group', async () => {
    const { operation, intent } = await inSigning('C-1003');
    // Names of groups count for nothing.
    const context = { ...desk.context, parties: away('bern', 'custody', 'control') };
    expect(await signWithdrawal(await rowOf(desk, operation), intent, context)).toBe(true);
    const row = await rowOf(desk, operation);
    expect([row.state, row.stopCode, row.transactions[0]?.phase]).toEqual([
      'held',
      'no-party-for-group',
      'built',
    ]);
    expect(row.stopSentence).toContain('Custody');
  });
});

describe('a withdrawal whose transaction names another fee account than the worker has', () => {
  it.each([
    ['C-1001', 'built', 'Or cancel this one and raise a new one.'],
    ['C-1002', 'releasing', 'A signature may exist, so nothing else helps.'],
  ])('is held with what helps: %s, %s', async (client, phase, advice) => {
    const { operation, intent, transaction } = await buildOnPaper(desk, { client, amount: SOL });
    const { web, worker } = desk.books;
    if (phase !== 'built')
      await worker.chainTransaction.update({ where: { id: transaction }, data: { phase } });
    for (const [db, state] of [
      [web, 'cosigned'],
      [worker, 'signing'],
    ] as const)
      await db.operation.update({
        where: { id: operation },
        data: { state, revision: { increment: 1 } },
      });
    const context = { ...desk.context, feePayer: freshKey() };
    expect(await signWithdrawal(await rowOf(desk, operation), intent, context)).toBe(true);
    const row = await rowOf(desk, operation);
    expect([row.state, row.stopCode, row.transactions[0]?.phase]).toEqual([
      'held',
      'fee-account-changed',
      phase,
    ]);
    expect(row.stopSentence).toContain(desk.fixture.feePayer.address);
    expect(row.stopSentence).toContain(advice);
  });
});
