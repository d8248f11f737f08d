/** A stand-in chain inside the test's own process, whose blocks come when the test says so. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scriptOfAddress } from '../addresses.ts';
import { Chain } from '../chain.ts';
import { rejectText } from '../reject.ts';
import { readTxHex, type Tx } from '../wire.ts';
import { findOutput, type TestCoin, type TestKey } from './signed.ts';

export type LocalChain = {
  chain: Chain;
  /** A payment of the faucet to one of a key's addresses, in a block. */
  fund(key: TestKey, kind: TestCoin['kind'], value: bigint): TestCoin;
  /** @returns 'taken', or Core's words of refusal. */
  send(hex: string): string;
  /** Closes the chain and opens it from its file again. */
  reopen(): Chain;
  remove(): void;
};

export function openLocalChain(): LocalChain {
  const folder = mkdtempSync(join(tmpdir(), 'cs-local-bitcoin-'));
  const local: LocalChain = {
    chain: new Chain(folder),
    fund: (key, kind, value) => {
      const tx = pay(local.chain, key[kind].address, value);
      local.chain.mine(1);
      return { txid: tx.txid, vout: findOutput(tx.hex, key[kind].script), value, kind };
    },
    send: (hex) => {
      const tx = readTxHex(hex);
      const verdict = local.chain.test(tx);
      if (!verdict.ok) return rejectText(verdict.reject);
      local.chain.take(tx, verdict);
      return 'taken';
    },
    reopen: () => {
      local.chain.close();
      local.chain = new Chain(folder);
      return local.chain;
    },
    remove: () => {
      local.chain.close();
      rmSync(folder, { recursive: true });
    },
  };
  return local;
}

/** A payment of the faucet, in the mempool. */
export function pay(chain: Chain, address: string, value: bigint): Tx {
  const script = scriptOfAddress(address);
  if (script === null) throw new Error(`${address} is no regtest address`);
  const tx = chain.faucet.pay(chain.branch, chain.mempool, { script, value });
  if (!tx) throw new Error('The faucet has no coin so large');
  const verdict = chain.test(tx);
  if (!verdict.ok) throw new Error(rejectText(verdict.reject));
  chain.take(tx, verdict);
  return tx;
}
