import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { testContext } from '#lib/identity/testing/people.ts';
import { createTestDatabase, type TestDatabase } from '#lib/platform/db/testing/database.ts';
import { recordedChain } from './recorded-chain.ts';

const databases: TestDatabase[] = [];
let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase();
  databases.push(database);
});
afterAll(() => Promise.all(databases.map((each) => each.drop())));

const [ours, other] = ['So11111111111111111111111111111111111111112', '4'.repeat(44)] as const;
const mainnet = '5eykt4UsFv8P8NJdTREpY1vzqKqZKvdpKuc147dw2N9d';
const context = (mode: 'sandbox' | 'production' = 'sandbox') =>
  testContext(database.connect('worker'), { mode });
const onRecord = () =>
  database.connect('web').chainIdentity.findMany({ select: { chain: true, genesisHash: true } });

describe('the chain that is meant', () => {
  it('is the first one that a sandbox meets, ever after and for every later start', async () => {
    const accepts = recordedChain(context(), null);
    expect(await accepts(ours)).toBe(true);
    expect(await accepts(other)).toBe(false);
    expect(await recordedChain(context(), null)(other)).toBe(false);
    expect(await recordedChain(context(), null)(ours)).toBe(true);
    expect(await onRecord()).toEqual([{ chain: 'solana:sandbox', genesisHash: ours }]);
  });

  it('is mainnet in production, and nothing else is ever put on record', async () => {
    const accepts = recordedChain(context('production'), null);
    expect(await accepts(ours)).toBe(false);
    expect(await onRecord()).toEqual([]);
    expect(await accepts(mainnet)).toBe(true);
    expect(await onRecord()).toEqual([{ chain: 'solana:mainnet', genesisHash: mainnet }]);
  });

  it('is the one the settings name, and none at all when the record says another', async () => {
    expect(await recordedChain(context('production'), ours)(mainnet)).toBe(false);
    expect(await recordedChain(context('production'), ours)(ours)).toBe(true);
    const moved = recordedChain(context('production'), other);
    expect([await moved(other), await moved(ours)]).toEqual([false, false]);
  });
});
