import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Chain } from './chain.ts';
import { faucetTransfer } from './faucet.ts';
import { freshKey, SOL } from './testing/vault-fixture.ts';
import { readTransaction } from './wire.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'solana-chain-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function pay(chain: Chain, to: string, lamports = SOL): string {
  const incoming = readTransaction(faucetTransfer(chain, { to, lamports, memo: null }));
  chain.run(incoming);
  return incoming.id;
}
const idsOf = (chain: Chain, account: string): string[] =>
  chain.history.list(account, { slot: chain.slot(), limit: 1000 }).map((entry) => entry.id);

describe('commitments', () => {
  it('see the state of their own slot: processed now, confirmed a slot later, finalized 32 later', () => {
    const chain = new Chain(folder);
    const to = freshKey().address;
    pay(chain, to);
    const seen = (): bigint[] =>
      (['processed', 'confirmed', 'finalized'] as const).map(
        (level) => chain.account(to, level)?.lamports ?? 0n,
      );
    expect(seen()).toEqual([SOL, 0n, 0n]);
    chain.advanceSlot();
    expect(seen()).toEqual([SOL, SOL, 0n]);
    pay(chain, to);
    for (let slots = 1; slots < 32; slots += 1) chain.advanceSlot();
    expect(seen()).toEqual([2n * SOL, 2n * SOL, SOL]);
    chain.advanceSlot();
    expect(seen()).toEqual([2n * SOL, 2n * SOL, 2n * SOL]);
    chain.close();
  });
});

describe('dropping the older past', () => {
  it('keeps balances, waiting transactions and the newest ids, in a smaller file, over a restart', () => {
    const historyMax = 10;
    let chain = new Chain(folder, historyMax);
    const to = freshKey().address;
    const paid: string[] = [];
    while (paid.length < 20) paid.push(pay(chain, to));
    const late = freshKey().address;
    chain.runLater(
      readTransaction(faucetTransfer(chain, { to: late, lamports: SOL, memo: null })),
      5,
    );
    const size = (): number => statSync(join(folder, 'chain.jsonl')).size;
    const before = size();
    paid.push(pay(chain, to));
    expect(size()).toBeLessThan(before);
    const look = () => ({
      ids: idsOf(chain, to),
      balance: chain.account(to, 'processed')?.lamports,
      faucet: chain.account(chain.faucet.address, 'processed')?.lamports,
      genesis: chain.blockhashes.genesisHash,
      waiting: chain.waitingCount,
    });
    const kept = look();
    expect(kept).toMatchObject({
      ids: paid.slice(-historyMax).reverse(),
      balance: 21n * SOL,
      waiting: 1,
    });

    chain.close();
    chain = new Chain(folder, historyMax);
    expect(look()).toEqual(kept);
    for (let slots = 0; slots < 5; slots += 1) chain.advanceSlot();
    expect(chain.account(late, 'processed')?.lamports).toBe(SOL);
    const [newest] = idsOf(chain, to);
    const entry = chain.history.find(newest ?? '');
    expect(entry && chain.executed(entry.position).id).toBe(newest);
    chain.close();
  });
});

describe('blockhashes', () => {
  it('are never the same twice, differ between sandboxes, and age out after 150 slots', () => {
    const chain = new Chain(folder);
    const other = new Chain(join(folder, 'other'));
    const slot = chain.slot();
    const hash = chain.blockhashes.at(slot);
    expect(other.blockhashes.at(slot)).not.toBe(hash);
    expect(new Set(Array.from({ length: 500 }, (_, at) => chain.blockhashes.at(at))).size).toBe(
      500,
    );
    expect(chain.blockhashes.slotOf(hash, slot + 150)).toBe(slot);
    expect(chain.blockhashes.slotOf(hash, slot + 151)).toBeNull();
    chain.close();
    other.close();
  });
});
