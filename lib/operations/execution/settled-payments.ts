/**
 * Payments that are settled and lie in no block any more. Where a chain counts as final by depth alone, a
 * reorganisation deeper than that can take back what the books have. Nothing is booked the other way: whether the
 * payment comes again is for the chain to say, and what to do for people. So the chain stands still until people let it
 * go on, with one incident for all such payments, which are listed; one that is final again and is taken back once more
 * is listed once more. The bytes are handed over again where they can still run: nobody is paid twice by the same bytes.
 */
import type { BlockRef } from '#lib/chains/bitcoin/client/source.ts';
import type { ChainFacts } from '#lib/chains/chain-facts.ts';
import { chainsIn } from '#lib/chains/registry.ts';
import { eachApart } from '../each-apart.ts';
import { adapterFor } from './chains/adapters.ts';
import type { Fate, TransactionRow } from './chains/chain-adapter.ts';
import { noteBack, noteUndone, type UndonePayment } from './note-undone.ts';
import type { WorkerContext } from './worker-context.ts';

/** Blocks behind the newest one down to which it is looked: no reorganisation was ever so deep. */
const depthMax = 100;
/** Payments looked at in one pass, the newest first. */
const rowsMax = 2_000;

/** What one worker remembers from pass to pass: the block it looked at last, by chain. */
export class SettledPayments {
  readonly #lookedAt = new Map<string, string>();

  /** @throws Error that names what could not be looked at; it has its turn in the next pass. */
  async look(context: WorkerContext): Promise<void> {
    const { bitcoin } = context;
    if (!bitcoin) return;
    await eachApart(
      chainsIn(context.settings.mode).filter(({ family }) => family === 'bitcoin'),
      ({ chain }) => `settled payments on ${chain}`,
      async (facts) => {
        const tip = await bitcoin.tip();
        if (this.#lookedAt.get(facts.chain) === tip.hash) return;
        await lookAtAll(facts, tip, context);
        this.#lookedAt.set(facts.chain, tip.hash);
      },
    );
  }
}

async function lookAtAll(
  { chain, confirmations }: ChainFacts,
  tip: BlockRef,
  context: WorkerContext,
): Promise<void> {
  const gone: UndonePayment[] = [];
  try {
    await eachApart(
      await rowsToLookAt(chain, tip.height, confirmations ?? depthMax, context),
      ({ txid }) => `transaction ${txid ?? ''}`,
      async (row) => {
        const fate = await adapterFor(chain).findFate(row, context);
        if (fate.fate !== 'ran') gone.push({ row, supersededBy: placeTakenBy(row, fate) });
        else if (fate.isFinal && row.undone.length > 0) await noteBack(row, fate.height, context);
      },
    );
  } finally {
    await noteUndone(chain, gone, context);
  }
  for (const { row, supersededBy } of gone)
    if (supersededBy === null && row.raw) await adapterFor(chain).send(row.raw, context);
}

type SettledRow = TransactionRow & { undone: object[] };

/** The newest, and every one that was taken back and did not come again, however long ago that was. */
async function rowsToLookAt(
  chain: string,
  tip: number,
  confirmations: number,
  { db }: WorkerContext,
): Promise<SettledRow[]> {
  const include = { undone: { where: { backAt: null }, select: { id: true } } };
  const newest = await db.chainTransaction.findMany({
    where: {
      chain,
      phase: 'confirmed',
      // A node whose newest block lies below the one by which a payment was settled has not seen that block.
      slot: { gt: BigInt(tip - depthMax), lte: BigInt(tip - confirmations + 1) },
    },
    include,
    orderBy: { slot: 'desc' },
    take: rowsMax,
  });
  const undone = await db.undoneSettlement.findMany({
    where: { backAt: null, transaction: { chain, phase: 'confirmed' } },
    select: { transaction: { include } },
    orderBy: [{ foundAt: 'desc' }, { id: 'asc' }],
    take: rowsMax,
  });
  const all = [...newest, ...undone.map(({ transaction }) => transaction)];
  return [...new Map(all.map((row) => [row.id, row])).values()];
}

/** @throws Error where a node has lost its index of transactions: it shows in health until it has it again. */
function placeTakenBy(
  { txid }: TransactionRow,
  fate: Exclude<Fate, { fate: 'ran' }>,
): string | null {
  if (fate.fate === 'unclear')
    throw new Error(
      `The node's answers about settled transaction ${txid ?? ''} do not fit together.`,
    );
  return fate.fate === 'superseded' ? fate.by : null;
}
