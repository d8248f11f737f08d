/**
 * Deposits on Bitcoin: what owners' addresses received above a block that counts as final. Asked for only
 * when the chain has moved; a chain without that block holds everything until a person has looked.
 */
import {
  judgeDeposits,
  type Deposit,
  type DepositState,
} from '#lib/chains/bitcoin/client/deposits.ts';
import { lookForDeposits } from '#lib/chains/bitcoin/client/look-for-deposits.ts';
import type { BitcoinSource, BlockRef, HistoryEntry } from '#lib/chains/bitcoin/client/source.ts';
import type { Owner } from '#lib/chains/account-context.ts';
import type { ChainFacts } from '#lib/chains/chain-facts.ts';
import { creditedAbove } from '#lib/ledger/deposits/credited-above.ts';
import type { DepositName } from '#lib/ledger/deposits/deposit-name.ts';
import { unitsOf } from '#lib/platform/db/units-of.ts';
import { intent as intentSchema, movesCoins } from '#lib/protocol/intent.ts';
import { ownerOf } from '#lib/protocol/owner-of.ts';
import { eachApart } from '../../each-apart.ts';
import type { WorkerContext } from '../worker-context.ts';
import { ownAccountsOn, type OwnAccount } from './own-accounts.ts';
import { decisionToReadAnew, findGround, standOn } from './read-anew.ts';
import { credit, holdChain, isOwnTransfer, reverse, see } from './take-deposit.ts';

const asset = 'BTC';
/** Blocks behind the newest one at which the checkpoint follows: no reorganisation was ever so deep. */
const checkpointDepth = 100;
/** What a block does not tell of who paid. */
const fromNobody = 'not told by the chain';

/** What one worker remembers from pass to pass. */
export class BitcoinWatch {
  readonly #facts: ChainFacts;
  #lookedAt: string | null = null;

  constructor(facts: ChainFacts) {
    this.#facts = facts;
  }

  /** @throws what the source throws; what was not looked at has its turn in the next pass. */
  async look(source: BitcoinSource, context: WorkerContext): Promise<void> {
    const { chain } = this.#facts;
    const tip = await source.tip();
    const accounts = await ownAccountsOn(context.db, chain);
    // An account that is new may have been paid before it was on record.
    const seen = `${tip.hash} ${accounts.length}`;
    if (seen === this.#lookedAt) return;
    const checkpoint = await this.#checkpoint(source, tip, context);
    await eachApart(
      accounts,
      ({ address }) => `deposits to ${address}`,
      (account) => this.#lookAt(account, { source, checkpoint }, context),
    );
    await this.#follow(source, { tip, checkpoint }, context);
    this.#lookedAt = seen;
  }

  /** The block on record, or on the first pass one that lies deep enough. */
  async #checkpoint(
    source: BitcoinSource,
    tip: BlockRef,
    { db, clock }: WorkerContext,
  ): Promise<BlockRef> {
    const { chain } = this.#facts;
    const known = await db.chainBlock.findFirst({ where: { chain }, orderBy: { height: 'desc' } });
    if (known) {
      const { height, hash } = known;
      return this.#anew({ height: Number(height), hash }, source, tip, { db, clock });
    }
    const height = Math.max(0, tip.height - checkpointDepth);
    const hash = await source.blockHash(height);
    if (hash === null) throw new Error(`The node has no block ${height} below its newest one.`);
    await db.chainBlock.createMany({
      data: [{ chain, height: BigInt(height), hash, seenAt: clock() }],
      skipDuplicates: true,
    });
    return { height, hash };
  }

  /**
   * Where the chain has lost the checkpoint and two people had it read anew: the newest block of a deposit that is still
   * there, or the very first. Everything above is judged again: what is gone is taken back, what is new is credited.
   */
  async #anew(
    checkpoint: BlockRef,
    source: BitcoinSource,
    tip: BlockRef,
    context: Pick<WorkerContext, 'db' | 'clock'>,
  ): Promise<BlockRef> {
    const { chain } = this.#facts;
    const { db } = context;
    // A node that is behind says nothing about it.
    if (tip.height < checkpoint.height) return checkpoint;
    const decision = await decisionToReadAnew(chain, context);
    if (decision === null) return checkpoint;
    if ((await source.blockHash(checkpoint.height)) === checkpoint.hash) return checkpoint;
    const found = await findGround({ chain, db }, async (marks) => {
      for (const mark of marks)
        if ((await source.blockHash(Number(mark.height))) === mark.hash) return mark;
      return null;
    });
    const first = found ? null : await source.blockHash(0);
    const ground = found ?? (first === null ? null : { height: 0n, hash: first });
    if (!ground) throw new Error('The node has no first block.');
    await standOn({ chain, ground, decision }, context);
    return { height: Number(ground.height), hash: ground.hash };
  }

  async #lookAt(
    account: OwnAccount,
    { source, checkpoint }: { source: BitcoinSource; checkpoint: BlockRef },
    context: WorkerContext,
  ): Promise<void> {
    const deposits = await this.#onRecord(account, checkpoint, context);
    const state: DepositState = { checkpoint, deposits };
    const { address, change } = account;
    const seen = await lookForDeposits(source, change ? [address, change] : address, state);
    // The chain moved while it was asked; the next pass sees it whole.
    if (!seen) throw new Error(`The chain moved while deposits to ${address} were read.`);
    const sight = { ...seen, entries: await withoutChange(seen.entries, account, context) };
    const judged = judgeDeposits(state, sight, this.#facts.confirmations ?? checkpointDepth);
    if (judged.verdict === 'hold') {
      if (judged.reason === 'checkpoint-gone')
        await holdChain(this.#facts.chain, judged.reason, context);
      throw new Error(`Deposits to ${account.address} are held: ${judged.reason}.`);
    }
    const named = (deposit: Deposit): DepositName => this.#nameOf(account, deposit);
    for (const { event, deposit } of judged.events)
      if (event === 'reversed' || event === 'vanished')
        await reverse(context, named(deposit), {
          height: BigInt(deposit.block.height),
          hash: deposit.block.hash,
        });
    for (const { event, deposit } of judged.events) {
      const name = named(deposit);
      if (await isOwnTransfer(context, name)) continue;
      if (event === 'seen' || event === 'moved' || event === 'confirmed')
        await see(context, {
          ...name,
          client: account.owner,
          asset,
          amount: deposit.amount,
          from: fromNobody,
          height: BigInt(deposit.block.height),
          blockHash: deposit.block.hash,
        });
      if (event === 'confirmed') await credit(context, name);
    }
  }

  #nameOf({ vault }: OwnAccount, { txid, vout }: Deposit): DepositName {
    return { chain: this.#facts.chain, txid, vault, place: String(vout) };
  }

  /** What the books have of the account above the checkpoint. */
  async #onRecord(
    { vault, owner }: OwnAccount,
    checkpoint: BlockRef,
    { db }: WorkerContext,
  ): Promise<Deposit[]> {
    const { chain } = this.#facts;
    const height = BigInt(checkpoint.height);
    const [pending, credited] = await Promise.all([
      db.depositPending.findMany({
        where: { chain, vaultId: vault, clientId: owner, slot: { gt: height } },
      }),
      creditedAbove(db, { chain, height, of: { vault, owner } }),
    ]);
    return [
      ...pending.map(({ txid, place, amount, slot, blockHash: hash }) => ({
        txid,
        vout: Number(place),
        amount: unitsOf(amount),
        block: { height: Number(slot), hash },
        isCredited: false,
      })),
      ...credited.map(({ txid, place, amount, height: at, blockHash: hash }) => ({
        txid,
        vout: Number(place),
        amount,
        block: { height: Number(at), hash },
        isCredited: true,
      })),
    ];
  }

  /** Only where every deposit below it is credited: from then on nobody looks there. */
  async #follow(
    source: BitcoinSource,
    { tip, checkpoint }: { tip: BlockRef; checkpoint: BlockRef },
    { db, clock }: WorkerContext,
  ): Promise<void> {
    const { chain } = this.#facts;
    const height = tip.height - checkpointDepth;
    if (height <= checkpoint.height) return;
    const open = await db.depositPending.count({ where: { chain, slot: { lte: BigInt(height) } } });
    const hash = open > 0 ? null : await source.blockHash(height);
    if (hash === null) return;
    // A chain that lost that block meanwhile may have others below as well than those that deposits were looked for in.
    if ((await source.blockHash(tip.height)) !== tip.hash) return;
    await db.chainBlock.createMany({
      data: [{ chain, height: BigInt(height), hash, seenAt: clock() }],
      skipDuplicates: true,
    });
    await db.chainBlock.deleteMany({ where: { chain, height: { lt: BigInt(height) } } });
  }
}

/**
 * What comes back from payments of the account itself is its own change and no deposit. Their ids are on record before
 * the first share for them is out, so anything else is a stranger's payment, wherever they have the address from: it
 * belongs to whose account it came to.
 */
async function withoutChange(
  entries: readonly HistoryEntry[],
  { vault, owner }: OwnAccount,
  { db }: Pick<WorkerContext, 'db'>,
): Promise<HistoryEntry[]> {
  const sent = await db.chainTransaction.findMany({
    where: { txid: { in: entries.map(({ txid }) => txid) }, operation: { vaultId: vault } },
    select: { txid: true, operation: { select: { intent: true } } },
  });
  const own = new Set(
    sent.filter(({ operation }) => isOf(owner, operation.intent)).map(({ txid }) => txid),
  );
  return entries.filter(({ txid }) => !own.has(txid));
}

/** Whether the operation moves coins out of the account of this owner. */
function isOf(owner: Owner, text: string): boolean {
  const intent = intentSchema.parse(JSON.parse(text));
  return movesCoins(intent) && ownerOf(intent) === owner;
}
