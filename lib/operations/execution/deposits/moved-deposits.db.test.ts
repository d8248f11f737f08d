/** Credited deposits that a reorganisation puts into another block, before and after the checkpoint has passed them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addressOfOwner } from '#lib/chains/account-context.ts';
import { createEsploraSource } from '#lib/chains/bitcoin/client/esplora-source.ts';
import { BITCOIN_REGTEST } from '#lib/chains/bitcoin/networks.ts';
import { clientBalances } from '#lib/ledger/queries.ts';
import { createBitcoinSandboxControl } from '#lib/sandbox/bitcoin/control.ts';
import {
  startBitcoinSandbox,
  type BitcoinSandboxProcess,
} from '#lib/sandbox/bitcoin/testing/sandbox-process.ts';
import { openOwnerDesk, type OwnerDesk } from '../../testing/owner-desk.ts';
import { keepVaultAccounts } from '../keep-vault-accounts.ts';
import { OwnerDeposits } from './owner-deposits.ts';
import { findGround, type Mark } from './read-anew.ts';

const clients = ['C-1001', 'C-1002'];
/** As far behind the newest block as the checkpoint follows. */
const behind = 100;

describe('a credited deposit on Bitcoin', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cs-moved-'));
  let chain: BitcoinSandboxProcess;
  let desk: OwnerDesk;
  const control = () => createBitcoinSandboxControl(chain.url);
  const source = () => createEsploraSource(chain.url, { chain: BITCOIN_REGTEST });
  const look = () => new OwnerDeposits().look(desk.context);
  const heightOf = async (txid: string): Promise<number> =>
    (await source().transaction(txid))?.block?.height ?? 0;
  const posted = async (client: string) =>
    (await clientBalances(desk.books.web, { client }))[0]?.posted ?? '0';
  const checkpoint = async (): Promise<bigint | undefined> => {
    const where = { chain: BITCOIN_REGTEST };
    const [block] = await desk.books.web.chainBlock.findMany({ where });
    return block?.height;
  };
  const mineTo = async (height: number): Promise<void> => {
    const { height: newest } = await source().tip();
    await control().mine(height - newest);
  };
  const credited = async (client: string, satoshis: bigint): Promise<string> => {
    const txid = await control().deposit(addressOfOwner(desk.key, client), satoshis);
    await control().mine(2);
    await look();
    expect(await posted(client)).toBe(String(satoshis));
    return txid;
  };

  beforeAll(async () => {
    chain = await startBitcoinSandbox({ data: join(folder, 'btc') });
    desk = await openOwnerDesk({
      chain: BITCOIN_REGTEST,
      suite: 'FROST-secp256k1-SHA256-TR-v1',
      clients,
      node: { bitcoin: source() },
    });
    await keepVaultAccounts(desk.context);
    await look();
  });
  afterAll(async () => {
    await desk.close();
    await chain.stop('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  it('that moved to a lower block stays credited when the checkpoint comes to lie between the two', async () => {
    await control().mine(5);
    const txid = await credited('C-1001', 5_000_000n);
    const first = await heightOf(txid);
    const known = await source().transaction(txid);
    await control().reorganize(7, false, known ? [known.transaction.bytes] : []);
    expect(await heightOf(txid)).toBe(first - 5);
    await look();
    await mineTo(first - 1 + behind);
    await look();
    expect(await checkpoint()).toBe(BigInt(first - 1));
    await control().mine(1);
    await look();
    expect(await posted('C-1001')).toBe('5000000');
    expect(await desk.books.web.depositReversal.count()).toBe(0);
  });

  it('is looked for by its newest block where the chain is read anew', async () => {
    const asked: Mark[] = [];
    await findGround({ chain: BITCOIN_REGTEST, db: desk.books.worker }, async (marks) => {
      asked.push(...marks);
      return null;
    });
    const hashes = await Promise.all(asked.map(({ height }) => source().blockHash(Number(height))));
    expect(asked.map(({ hash }) => hash)).toEqual(hashes);
    expect(asked).toHaveLength(1);
  });

  it('that moved to a higher block is taken back when it vanishes from there, though the checkpoint has passed the first', async () => {
    const txid = await credited('C-1002', 7_000_000n);
    const first = await heightOf(txid);
    await control().reorganize(2);
    await control().mine(2);
    expect(await heightOf(txid)).toBe(first + 3);
    await look();
    expect(await posted('C-1002')).toBe('7000000');
    await mineTo(first + behind);
    await look();
    expect(await checkpoint()).toBe(BigInt(first));
    await control().reorganize(behind - 2, true);
    await look();
    expect(await posted('C-1002')).toBe('0');
  });

  it('is not passed by a checkpoint on another chain than the one it was looked for on', async () => {
    await control().mine(1);
    const before = await checkpoint();
    const { height: newest } = await source().tip();
    const node = source();
    let isOther = false;
    const turning: typeof node = {
      ...node,
      blockHash: async (height) => {
        const hash = await node.blockHash(height);
        if (height === newest - behind && !isOther) await control().reorganize(1);
        isOther ||= height === newest - behind;
        return hash;
      },
    };
    await new OwnerDeposits().look({ ...desk.context, bitcoin: turning });
    expect(isOther).toBe(true);
    expect(await checkpoint()).toBe(before);
    await look();
    expect(await checkpoint()).toBe(BigInt(newest + 1 - behind));
  });
});
