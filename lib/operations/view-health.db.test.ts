import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createSolanaClient } from '#lib/chains/solana/client.ts';
import { openChainDesk, type ChainDesk } from './testing/chain-desk.ts';
import { viewHealth } from './view-health.ts';

let desk: ChainDesk;

beforeAll(async () => {
  desk = await openChainDesk([]);
});
afterAll(() => desk.close());

const view = () =>
  viewHealth({ ...desk.context, db: desk.books.web }, [], { solana: desk.fixture.client });

const beat = async (detail: object, at = desk.context.clock()): Promise<void> => {
  await desk.books.worker.heartbeat.upsert({
    where: { name: 'worker' },
    create: { name: 'worker', at, detail },
    update: { at, detail },
  });
};

describe('health', () => {
  it('is ok while the worker shows itself and the node belongs to the chain on record', async () => {
    await beat({ failing: [] });
    expect(await view()).toMatchObject({ status: 'ok', worker: 'ok', chains: { solana: 'ok' } });
    await desk.books.worker.chainIdentity.create({
      data: { chain: 'solana:sandbox', genesisHash: desk.chain.genesisHash },
    });
    expect(await view()).toMatchObject({ status: 'ok' });
  });

  it('names a worker that keeps failing at something, and one that is late', async () => {
    await beat({ failing: ['deposits'] });
    expect(await view()).toMatchObject({ status: 'degraded', worker: 'failing' });
    await beat({ failing: [] }, new Date(desk.context.clock().getTime() - 60_000));
    expect(await view()).toMatchObject({ status: 'degraded', worker: 'late' });
  });

  it('names the data-key service where it is away', async () => {
    await beat({ failing: [] });
    expect(await view()).toMatchObject({ status: 'ok', keys: 'ok' });
    vi.stubEnv('COUNTERSIGN_KEYS', 'unix:/nowhere/keys.sock');
    try {
      expect(await view()).toMatchObject({ status: 'degraded', keys: 'unreachable' });
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it('names a node that belongs to another chain, and one that is away', async () => {
    await beat({ failing: [] });
    const other = await openChainDesk([]);
    try {
      const context = { ...desk.context, db: desk.books.web };
      expect(await viewHealth(context, [], { solana: other.fixture.client })).toMatchObject({
        status: 'degraded',
        chains: { solana: 'other chain' },
      });
      const away = createSolanaClient('http://127.0.0.1:1', { timeoutMs: 500 });
      expect(await viewHealth(context, [], { solana: away })).toMatchObject({
        chains: { solana: 'unreachable' },
      });
    } finally {
      await other.close();
    }
  });
});
