/** Bitcoin: a payment of the owner's account, tied to its first coin, its fee and change the account's. */
import { addressOfOwner, bitcoinContextOf, type VaultKey } from '#lib/chains/account-context.ts';
import { assetFacts } from '#lib/chains/assets.ts';
import { assemble as assemblePayment, transactionId } from '#lib/chains/bitcoin/assemble.ts';
import { buildPayment, type AccountCoin, type PaymentRefusal } from '#lib/chains/bitcoin/build.ts';
import type { BitcoinContext } from '#lib/chains/bitcoin/context.ts';
import { decode } from '#lib/chains/bitcoin/decode.ts';
import { coinsSpentBy } from '#lib/chains/bitcoin/spent-coins.ts';
import type { Decoded } from '#lib/chains/decoded.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import { formatAmount } from '#lib/protocol/amount.ts';
import type { MovingIntent } from '#lib/protocol/intent.ts';
import { ownerOf } from '#lib/protocol/owner-of.ts';
import type { Stop } from '../../change-state.ts';
import type { OperationRow } from '../../load-standing.ts';
import type { WaitReason } from '../../progress/wait.ts';
import type { WorkerContext } from '../worker-context.ts';
import { findCoins, holdersOf, underWay, withoutTaken } from './bitcoin-coins.ts';
import { decodeSigned, findBitcoinFate, sourceOf } from './bitcoin-fate.ts';
import type {
  Assembled,
  ChainAdapter,
  Prepared,
  Sent,
  SignedParts,
  TransactionRow,
} from './chain-adapter.ts';
import { isStill } from '../is-still.ts';
import { hasLeases, releaseLeases } from './leases.ts';
import { loadVaultKey, vaultKeyOf } from './source-account.ts';

/** A place within an hour or so. */
const targetBlocks = 6;
/** Sooner a payment is not replaced: a block takes ten minutes on average. */
const replaceAfterMs = 60_000;
/** In tenths: the market has to ask a tenth more than was offered. */
const outbidBy = { numerator: 11n, denominator: 10n } as const;

/** Everything that a payment uses up, in the spelling of conflict keys. */
const resourcesOf = ({ conflictKey, uses = [] }: Decoded): string[] => [conflictKey, ...uses];

/** @returns false where another operation was quicker with one of the coins. */
async function lease(tx: Tx, payment: Decoded, operation: string): Promise<boolean> {
  const { chain } = payment;
  const resources = resourcesOf(payment);
  await tx.chainLease.createMany({
    data: resources.map((resource) => ({ chain, resource, operationId: operation })),
    skipDuplicates: true,
  });
  return hasLeases(tx, operation, resources);
}

/** Rolls the leases back where they can't all be had. */
class CoinTaken extends Error {}

async function prepare(
  row: OperationRow,
  intent: MovingIntent,
  context: WorkerContext,
): Promise<Prepared> {
  // A tie once made is kept: another transaction of this operation could otherwise confirm as well.
  if (row.transactions.length > 0) return { state: 'known' };
  const source = sourceOf(context);
  const key = await loadVaultKey(context.db, intent.vault);
  const account = bitcoinContextOf(key, ownerOf(intent));
  const rate = await source.feeRate(targetBlocks);
  if (rate === null) return { state: 'waits', reason: { code: 'no-fee-rate' } };
  const coins = await findCoins(source, account);
  try {
    return await inTransaction(context.db, async (tx): Promise<Prepared> => {
      if (!(await isStill(tx, row.id, 'cosigned'))) return { state: 'waits', reason: null };
      const taker = { chain: intent.chain, vault: intent.vault, operation: row.id };
      const free = await withoutTaken(tx, coins, taker);
      const built = buildPayment({
        account,
        coins: free,
        to: intent.destination.address,
        amount: BigInt(intent.amount),
        rate,
        highestFee: BigInt(intent.highestFee),
        replaces: null,
      });
      if (!built.ok) {
        // What other operations have set aside comes back as change, or because they end.
        if (built.refusal === 'insufficient-funds' && coins.length > free.length) {
          const holders = await holdersOf(tx, coins, taker);
          const reason: WaitReason =
            holders.length === 0
              ? { code: 'node-behind' }
              : { code: 'coins-set-aside', for: holders };
          return { state: 'waits', reason };
        }
        // A node lists neither what they spend nor what they leave until it is deep enough.
        if (built.refusal === 'insufficient-funds') {
          const others = await underWay(tx, ownerOf(intent), taker);
          if (others.length > 0)
            return { state: 'waits', reason: { code: 'coins-set-aside', for: others } };
        }
        // A fee that passes costs nobody new statements; while they last, it is asked again.
        if (built.refusal === 'fee-above-bound')
          return { state: 'waits', reason: { code: 'fee-above-bound' } };
        return refusedBy(built.refusal, { intent, key, free });
      }
      const payment = decode(built.unsigned, account);
      if (!(await lease(tx, payment, row.id))) throw new CoinTaken();
      const { conflictKey } = payment;
      const setAside = resourcesOf(payment);
      return { state: 'built', message: built.unsigned, conflictKey, setAside };
    });
  } catch (error) {
    if (error instanceof CoinTaken)
      return { state: 'waits', reason: { code: 'coins-set-aside', for: [] } };
    throw error;
  }
}

const bitcoin = (units: bigint): string => `${formatAmount(units, assetFacts('BTC').decimals)} BTC`;

const sumOf = (coins: readonly AccountCoin[]): bigint =>
  coins.reduce((sum, { amount }) => sum + amount, 0n);

function refusedBy(
  refusal: Exclude<PaymentRefusal, 'fee-above-bound'>,
  of: {
    intent: MovingIntent;
    key: VaultKey;
    free: readonly AccountCoin[];
  },
): Prepared {
  const { intent, key, free } = of;
  const amount = bitcoin(BigInt(intent.amount));
  const account = addressOfOwner(key, ownerOf(intent));
  const sentences: Readonly<Record<typeof refusal, string>> = {
    'insufficient-funds': `The account at ${account} has ${bitcoin(sumOf(free))} in blocks, which does not cover ${amount} and the network fee. Wait for what is on its way, or cancel this and raise less.`,
    'too-many-inputs': `The account at ${account} has its balance in so many small coins that one payment can't hold enough of them. Cancel this and raise several smaller ones.`,
    'amount-below-dust': `${amount} is so little that no node passes it on. Cancel this and raise more.`,
    'amount-out-of-range': `${amount} is more than there can ever be. Cancel this.`,
    'replaced-input-gone': 'What this operation was tied to is no longer there.',
    'transaction-too-large': `The transactions that made the coins of ${account} are too large to hand to the parties. Cancel this and raise several smaller ones.`,
  };
  const stop: Stop = {
    code: `payment-${refusal}`,
    party: null,
    sentence: sentences[refusal],
  };
  return { state: 'stopped', stop };
}

const accountOf = ({ intent, vault }: Pick<SignedParts, 'intent' | 'vault'>): BitcoinContext =>
  bitcoinContextOf(vaultKeyOf({ chain: intent.chain, key: vault.key }), ownerOf(intent));

function assemble({ message }: TransactionRow, of: SignedParts): Assembled {
  const { raw, txid } = assemblePayment(message, accountOf(of), of.signatures);
  return { ok: true, raw, txid };
}

async function send(raw: Uint8Array, context: WorkerContext): Promise<Sent> {
  const sent = await sourceOf(context).send(raw);
  switch (sent.outcome) {
    case 'accepted':
      return { outcome: 'accepted', detail: null };
    case 'refused':
      return { outcome: 'refused', detail: `${sent.refusal}: ${sent.said}` };
    case 'unknown':
      return { outcome: 'unknown', detail: sent.fault };
  }
}

async function replace(
  _row: OperationRow,
  { intent, previous }: { intent: MovingIntent; previous: TransactionRow },
  context: WorkerContext,
): Promise<{ message: Uint8Array; conflictKey: string } | null> {
  const waited = context.clock().getTime() - (previous.broadcastAt ?? previous.createdAt).getTime();
  if (waited < replaceAfterMs) return null;
  const source = sourceOf(context);
  const key = await loadVaultKey(context.db, intent.vault);
  const account = bitcoinContextOf(key, ownerOf(intent));
  const before = decodeSigned(previous, account);
  const { details } = before;
  if (details.family !== 'bitcoin') throw new Error('A payment of another chain');
  const rate = await source.feeRate(targetBlocks);
  const offered = (BigInt(before.fee) * 1000n) / BigInt(details.virtualBytes);
  if (rate === null || rate * outbidBy.denominator <= offered * outbidBy.numerator) return null;
  // The same coins and no others: the parties keep every coin of every transaction that they signed for
  // this operation, so one that only a loser would have spent could never be spent again.
  const built = buildPayment({
    account,
    coins: coinsSpentBy(previous.message, account),
    to: intent.destination.address,
    amount: BigInt(intent.amount),
    rate,
    highestFee: BigInt(intent.highestFee),
    replaces: before,
  });
  // It stays where it is: the network may ask less again, and the first one still counts.
  if (!built.ok) {
    if (built.refusal === 'fee-above-bound') context.waits?.({ code: 'outbid' });
    return null;
  }
  return { message: built.unsigned, conflictKey: decode(built.unsigned, account).conflictKey };
}

export const bitcoinAdapter: ChainAdapter = {
  prepare,
  isSetAside: hasLeases,
  findObstacle: () => null,
  // A segregated witness leaves the id to the unsigned bytes.
  idBeforeSigned: (message, of) => transactionId(message, accountOf(of)),
  assemble,
  send,
  findFate: findBitcoinFate,
  release: releaseLeases,
  replace,
};
