import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addressOfOwner, decodeForOwner } from '#lib/chains/account-context.ts';
import { BITCOIN_REGTEST } from '#lib/chains/bitcoin/networks.ts';
import { clientBalances, journalPage } from '#lib/ledger/queries.ts';
import type { WithdrawalIntent } from '#lib/protocol/intent.ts';
import { move, reject } from '#lib/ledger/testing/books.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { endTokenHold, holdAsset } from '../../asset-hold.ts';
import type { WaitReason } from '../../progress/wait.ts';
import { settle } from '../settle.ts';
import {
  begin,
  bookDeposit,
  cosigned,
  openOwnerDesk,
  rowAt,
  send,
  settledTo,
  settleOnce,
  signNewest,
  type OwnerDesk,
} from '../../testing/owner-desk.ts';
import { takeBitcoin } from '../../testing/owner-theft.ts';
import { startBitcoin, type BitcoinChain } from '../../testing/running-chains.ts';
import { outsideOf } from '../../testing/running-desk.ts';
import { releaseEndedLeases } from './leases.ts';

const clients = Array.from({ length: 11 }, (_, at) => `C-${1001 + at}`);
let chain: BitcoinChain;

beforeAll(async () => {
  chain = await startBitcoin();
});
afterAll(() => chain.close());

const COIN = 100_000_000n;
/** On taproot, whatever the vault's own addresses are. */
const outside = () => outsideOf({ chain: BITCOIN_REGTEST, suite: 'FROST-secp256k1-SHA256-TR-v1' });

describe.each(['FROST-secp256k1-SHA256-TR-v1', 'DKLS23-secp256k1-SHA256-v1'] as const)(
  'a withdrawal from a vault with a key of %s',
  (suite) => {
    let desk: OwnerDesk;
    /** What the network asks; null for the node's own word. */
    let rate: bigint | null = null;

    beforeAll(async () => {
      const { node } = chain;
      const feeRate = async (blocks: number) => rate ?? node.feeRate(blocks);
      const bitcoin = { ...node, feeRate };
      desk = await openOwnerDesk({ chain: BITCOIN_REGTEST, suite, clients, node: { bitcoin } });
    });
    afterAll(() => desk.close());

    /** On the chain and in the books. */
    async function fund(client: string, ...amounts: bigint[]): Promise<void> {
      for (const amount of amounts) {
        await chain.control.deposit(addressOfOwner(desk.key, client), amount);
        await bookDeposit(desk, { client, asset: 'BTC', amount });
      }
      // Deep enough to be credited, as what is spent has to be.
      await chain.control.mine(2);
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
      await chain.control.mine(1);
      expect(await settleOnce(desk, intent)).toBe(false);
      await chain.control.mine(1);
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
      await chain.control.mine(2);
      for (const intent of both) expect(await settledTo(desk, intent)).toBe('confirmed');
      expect(await begin(desk, third)).toBe(true);
    });

    it('spends no change of a payment that may still be undone or replaced, and waits for it', async () => {
      await fund('C-1009', COIN);
      const first = await cosigned(desk, wanted('C-1009', COIN / 4n));
      expect(await begin(desk, first)).toBe(true);
      await signNewest(desk, first);
      await send(desk, first);
      const second = await cosigned(desk, wanted('C-1009', COIN / 4n));
      expect(await begin(desk, second)).toBe(false);
      await chain.control.mine(1);
      expect(await begin(desk, second)).toBe(false);
      expect((await rowAt(desk, second.operation)).state).toBe('cosigned');
      await chain.control.mine(1);
      expect(await settledTo(desk, first)).toBe('confirmed');
      expect(await begin(desk, second)).toBe(true);
      expect((await rowAt(desk, second.operation)).state).toBe('signing');
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

    /** Signed and on record as sent, but no node has it. */
    async function sentInVain(client: string, amount: bigint): Promise<WithdrawalIntent> {
      const intent = await cosigned(desk, wanted(client, amount));
      await begin(desk, intent);
      await signNewest(desk, intent);
      await chain.control.dropTransactions(1);
      await send(desk, intent);
      return intent;
    }

    it.each([
      ['C-1006', 'first', 0],
      ['C-1007', 'second', 1],
    ])(
      'of %s whose %s coin a stranger spent is held once that is final, and ends without a payment',
      async (client, _name, place) => {
        await fund(client, COIN, COIN / 2n);
        const intent = await sentInVain(client, COIN + COIN / 4n);
        const [transaction] = (await rowAt(desk, intent.operation)).transactions;
        const message = transaction?.message ?? new Uint8Array();
        const { details } = decodeForOwner(desk.key, client, message);
        const coins = details.family === 'bitcoin' ? details.inputs : [];
        const from = coins[place]?.outpoint ?? '';
        const by = await takeBitcoin(desk, { client, to: outside(), amount: COIN / 4n, from });
        await chain.control.mine(1);
        expect(await settleOnce(desk, intent)).toBe(false);
        await chain.control.mine(1);
        expect(await settleOnce(desk, intent)).toBe(true);
        const row = await rowAt(desk, intent.operation);
        expect([row.state, row.stopCode]).toEqual(['held', 'transaction-superseded']);
        expect(row.transactions).toMatchObject([{ phase: 'failed', error: `superseded by ${by}` }]);
        await reject(desk.books, intent.operation);
        await releaseEndedLeases(desk.context);
        expect(await desk.books.worker.chainLease.count({ where: { operationId: row.id } })).toBe(
          0,
        );
        expect(await balanceOf(client)).toMatchObject({ held: '0' });
      },
    );

    it('is settled by the first payment where a reorganisation took its replacement’s block away', async () => {
      const client = 'C-1008';
      await fund(client, COIN);
      const intent = await cosigned(desk, wanted(client, COIN / 2n));
      await begin(desk, intent);
      const first = await signNewest(desk, intent);
      await send(desk, intent);
      rate = 20_000n;
      desk.passTime(61_000);
      expect(await settleOnce(desk, intent)).toBe(true);
      rate = null;
      const second = await signNewest(desk, intent);
      expect(await settleOnce(desk, intent)).toBe(true);
      await chain.control.mine(1);
      expect(await settleOnce(desk, intent)).toBe(false);
      const before = (await rowAt(desk, intent.operation)).transactions;
      expect(before.find(({ txid }) => txid === second)?.slot).not.toBeNull();
      const original = before.find(({ txid }) => txid === first);
      await chain.control.reorganize(1, false, [original?.raw ?? new Uint8Array()]);
      expect(await settleOnce(desk, intent)).toBe(true);
      const row = await rowAt(desk, intent.operation);
      expect(row.state).toBe('confirmed');
      expect(row.transactions.toSorted((a, b) => a.replacement - b.replacement)).toMatchObject([
        { txid: first, phase: 'confirmed' },
        { txid: second, phase: 'failed', error: `superseded by ${first}`, slot: null },
      ]);
      const { fee } = decodeForOwner(desk.key, client, original?.message ?? new Uint8Array());
      const left = COIN - COIN / 2n - BigInt(fee);
      expect(await balanceOf(client)).toMatchObject({ posted: String(left), held: '0' });
      expect(await desk.books.worker.chainLease.count({ where: { operationId: row.id } })).toBe(0);
    });

    it('says that it was sent, whatever holds back what would take its place', async () => {
      const client = 'C-1011';
      await fund(client, COIN);
      const intent = await cosigned(desk, wanted(client, COIN / 2n));
      await begin(desk, intent);
      await signNewest(desk, intent);
      await send(desk, intent);
      rate = 20_000n;
      desk.passTime(61_000);
      expect(await settleOnce(desk, intent)).toBe(true);
      rate = null;
      const hold = {
        chain: BITCOIN_REGTEST,
        asset: 'BTC',
        reason: 'token-differs',
        detail: 'token-name-differs',
      } as const;
      const { worker } = desk.books;
      await inTransaction(worker, (tx) => holdAsset(tx, hold, desk.context.clock()));
      const waits: string[] = [];
      const noted = { ...desk.context, waits: ({ code }: WaitReason) => void waits.push(code) };
      expect(await settle(await rowAt(desk, intent.operation), intent, noted)).toBe(false);
      expect(waits.at(-1)).toBe('not-in-block');
      await chain.control.mine(2);
      expect(await settledTo(desk, intent)).toBe('confirmed');
      await inTransaction(worker, (tx) => endTokenHold(tx, hold, desk.context.clock()));
    });

    it('waits where its node, being behind, still shows coins that a confirmed one spent', async () => {
      await fund('C-1010', COIN);
      const first = await cosigned(desk, wanted('C-1010', COIN / 4n));
      await begin(desk, first);
      await signNewest(desk, first);
      await send(desk, first);
      await chain.control.mine(2);
      expect(await settledTo(desk, first)).toBe('confirmed');
      const second = await cosigned(desk, wanted('C-1010', COIN / 4n));
      await chain.control.lag(2);
      expect(await begin(desk, second)).toBe(false);
      expect((await rowAt(desk, second.operation)).state).toBe('cosigned');
      await chain.control.lag(0);
      expect(await begin(desk, second)).toBe(true);
      expect((await rowAt(desk, second.operation)).transactions).toHaveLength(1);
    });

    it('goes on after a reorganisation that took its block, and counts once', async () => {
      await fund('C-1004', COIN);
      await chain.control.mine(3);
      const intent = await cosigned(desk, wanted('C-1004', COIN / 2n));
      await begin(desk, intent);
      await signNewest(desk, intent);
      await send(desk, intent);
      await chain.control.mine(1);
      expect(await settleOnce(desk, intent)).toBe(false);
      await chain.control.reorganize(1);
      expect(await settleOnce(desk, intent)).toBe(false);
      await chain.control.mine(2);
      expect(await settledTo(desk, intent)).toBe('confirmed');
      const { journals } = await journalPage(desk.books.web, { operation: intent.operation });
      expect(journals).toHaveLength(1);
    });
  },
);
