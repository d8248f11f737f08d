import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addressOfOwner, decodeForOwner } from '#lib/chains/account-context.ts';
import { createEsploraSource } from '#lib/chains/bitcoin/client/esplora-source.ts';
import { BITCOIN_REGTEST } from '#lib/chains/bitcoin/networks.ts';
import { clientBalances, journalPage } from '#lib/ledger/queries.ts';
import {
  createBitcoinSandboxControl,
  type BitcoinSandboxControl,
} from '#lib/sandbox/bitcoin/control.ts';
import {
  startBitcoinSandbox,
  type BitcoinSandboxProcess,
} from '#lib/sandbox/bitcoin/testing/sandbox-process.ts';
import { move, reject } from '#lib/ledger/testing/books.ts';
import {
  begin,
  bookDeposit,
  cosigned,
  openOwnerDesk,
  rowAt,
  send,
  settleOnce,
  signNewest,
  type OwnerDesk,
} from '../../testing/owner-desk.ts';
import { releaseEndedLeases } from './leases.ts';

const folder = mkdtempSync(join(tmpdir(), 'cs-btc-'));
const clients = ['C-1001', 'C-1002', 'C-1003', 'C-1004', 'C-1005'];
let chain: BitcoinSandboxProcess;
let control: BitcoinSandboxControl;

beforeAll(async () => {
  chain = await startBitcoinSandbox({ data: folder });
  control = createBitcoinSandboxControl(chain.url);
});
afterAll(async () => {
  await chain.stop('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const COIN = 100_000_000n;
/** Somebody else's address on the sandbox chain: the custodian's of a vault that nobody has. */
const outside = () =>
  addressOfOwner(
    {
      chain: BITCOIN_REGTEST,
      suite: 'FROST-secp256k1-SHA256-TR-v1',
      publicKey: `02${'79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798'}`,
    },
    null,
  );

describe.each(['FROST-secp256k1-SHA256-TR-v1', 'DKLS23-secp256k1-SHA256-v1'] as const)(
  'a withdrawal from a vault with a key of %s',
  (suite) => {
    let desk: OwnerDesk;

    beforeAll(async () => {
      const bitcoin = createEsploraSource(chain.url, { chain: BITCOIN_REGTEST });
      desk = await openOwnerDesk({ chain: BITCOIN_REGTEST, suite, clients, node: { bitcoin } });
    });
    afterAll(() => desk.close());

    /** On the chain and in the books. */
    async function fund(client: string, ...amounts: bigint[]): Promise<void> {
      for (const amount of amounts) {
        await control.deposit(addressOfOwner(desk.key, client), amount);
        await bookDeposit(desk, { client, asset: 'BTC', amount });
      }
      // Deep enough to be credited, as what is spent has to be.
      await control.mine(2);
    }

    const wanted = (client: string, amount: bigint) => ({
      client,
      asset: 'BTC',
      amount,
      to: outside(),
    });
    const balanceOf = async (client: string) =>
      (await clientBalances(desk.books.web, { client }))[0];

    it('pays out of the client’s own coins, returns the change there and takes the fee from the client', async () => {
      await fund('C-1001', COIN, COIN / 2n);
      const intent = await cosigned(desk, wanted('C-1001', COIN / 4n));
      expect(await begin(desk, intent)).toBe(true);
      const row = await rowAt(desk, intent.operation);
      const payment = decodeForOwner(
        desk.key,
        'C-1001',
        row.transactions[0]?.message ?? new Uint8Array(),
      );
      await signNewest(desk, intent);
      expect(await send(desk, intent)).toBe(true);
      expect(await settleOnce(desk, intent)).toBe(false);
      await control.mine(1);
      expect(await settleOnce(desk, intent)).toBe(false);
      await control.mine(1);
      expect(await settleOnce(desk, intent)).toBe(true);
      expect((await rowAt(desk, intent.operation)).state).toBe('confirmed');
      const left = COIN + COIN / 2n - COIN / 4n - BigInt(payment.fee);
      expect(await balanceOf('C-1001')).toMatchObject({ posted: String(left), held: '0' });
      const { journals } = await journalPage(desk.books.web, { operation: intent.operation });
      expect(journals.map(({ kind }) => kind)).toEqual(['withdrawal']);
      expect(await desk.books.worker.chainLease.count()).toBe(0);
    });

    it('never spends a coin that another withdrawal of the client has set aside', async () => {
      await fund('C-1002', COIN, COIN);
      const both = await Promise.all([
        cosigned(desk, wanted('C-1002', COIN / 2n)),
        cosigned(desk, wanted('C-1002', COIN / 2n)),
      ]);
      const third = await cosigned(desk, wanted('C-1002', COIN / 4n));
      expect(await Promise.all(both.map((intent) => begin(desk, intent)))).toContain(true);
      for (const intent of both) await begin(desk, intent);
      const keys = await Promise.all(
        both.map(
          async ({ operation }) => (await rowAt(desk, operation)).transactions[0]?.conflictKey,
        ),
      );
      expect(new Set(keys).size).toBe(2);
      // Both coins are set aside, so the third waits for change.
      expect(await begin(desk, third)).toBe(false);
      for (const intent of both) {
        await signNewest(desk, intent);
        await send(desk, intent);
      }
      await control.mine(2);
      for (const intent of both) expect(await settleOnce(desk, intent)).toBe(true);
      expect(await begin(desk, third)).toBe(true);
    });

    it('is held by name where the account does not cover it, whatever other clients have', async () => {
      await bookDeposit(desk, { client: 'C-1003', asset: 'BTC', amount: COIN });
      const intent = await cosigned(desk, wanted('C-1003', COIN / 2n));
      expect(await begin(desk, intent)).toBe(true);
      const row = await rowAt(desk, intent.operation);
      expect([row.state, row.stopCode]).toEqual(['held', 'payment-insufficient-funds']);
      expect(row.transactions).toEqual([]);
      expect(await desk.books.worker.chainLease.count({ where: { operationId: row.id } })).toBe(0);
    });

    it('gives back what it set aside when people end it before any share is out', async () => {
      await fund('C-1005', COIN);
      const first = await cosigned(desk, wanted('C-1005', COIN / 2n));
      expect(await begin(desk, first)).toBe(true);
      const second = await cosigned(desk, wanted('C-1005', COIN / 4n));
      expect(await begin(desk, second)).toBe(false);
      await releaseEndedLeases(desk.context);
      expect(await begin(desk, second)).toBe(false);
      await move(desk.books.worker, first.operation, 'held');
      await reject(desk.books, first.operation);
      await releaseEndedLeases(desk.context);
      expect(await begin(desk, second)).toBe(true);
    });

    it('goes on after a reorganisation that took its block, and counts once', async () => {
      await fund('C-1004', COIN);
      await control.mine(3);
      const intent = await cosigned(desk, wanted('C-1004', COIN / 2n));
      await begin(desk, intent);
      await signNewest(desk, intent);
      await send(desk, intent);
      await control.mine(1);
      expect(await settleOnce(desk, intent)).toBe(false);
      await control.reorganize(1);
      expect(await settleOnce(desk, intent)).toBe(false);
      await control.mine(2);
      expect(await settleOnce(desk, intent)).toBe(true);
      const { journals } = await journalPage(desk.books.web, { operation: intent.operation });
      expect(journals).toHaveLength(1);
    });
  },
);
