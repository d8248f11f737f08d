/**
 * Payments that are settled and lie in no block any more. Where a chain counts as final by depth alone, a
 * reorganisation deeper than that can take back what the books have. Nothing is booked the other way: whether the
 * payment comes again is for the chain to say, and what to do for people. So an incident is opened for the operation,
 * once, and the chain stands still until people let it go on. The bytes are handed over again where they can still
 * run: nobody is paid twice by the same bytes.
 */
import type { BlockRef } from '#lib/chains/bitcoin/client/source.ts';
import type { ChainFacts } from '#lib/chains/chain-facts.ts';
import { chainsIn } from '#lib/chains/registry.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { log } from '#lib/platform/log.ts';
import { holdAsset } from '../asset-hold.ts';
import { eachApart } from '../each-apart.ts';
import { openIncident } from '../open-incident.ts';
import { adapterFor } from './chains/adapters.ts';
import type { Fate, TransactionRow } from './chains/chain-adapter.ts';
import type { WorkerContext } from './worker-context.ts';

/** Blocks behind the newest one down to which it is looked: no reorganisation was ever so deep. */
const depthMax = 100;
/** Payments looked at in one pass, the newest first. */
const rowsMax = 2_000;

const what = 'settlement-undone';

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
  { chain, name, confirmations }: ChainFacts,
  tip: BlockRef,
  context: WorkerContext,
): Promise<void> {
  // A node whose newest block lies below the one by which a payment was settled has not seen that block.
  const highest = tip.height - (confirmations ?? depthMax) + 1;
  const rows = await context.db.chainTransaction.findMany({
    where: {
      chain,
      phase: 'confirmed',
      slot: { gt: BigInt(tip.height - depthMax), lte: BigInt(highest) },
    },
    orderBy: { slot: 'desc' },
    take: rowsMax,
  });
  await eachApart(
    rows,
    ({ txid }) => `transaction ${txid ?? ''}`,
    async (row) => {
      const fate = await adapterFor(chain).findFate(row, context);
      if (fate.fate !== 'ran') await takeNote(row, { name, fate }, context);
    },
  );
}

async function takeNote(
  { operationId: operation, txid, raw, chain }: TransactionRow,
  { name, fate }: { name: string; fate: Exclude<Fate, { fate: 'ran' }> },
  context: WorkerContext,
): Promise<void> {
  // A node that has lost its index of transactions looks like this; it shows in health until it has it again.
  if (fate.fate === 'unclear')
    throw new Error(
      `The node's answers about settled transaction ${txid ?? ''} do not fit together.`,
    );
  const { db } = context;
  const now = context.clock();
  const isNew = await inTransaction(db, async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM operation WHERE id = ${operation}::uuid FOR UPDATE`;
    const { number } = await tx.operation.findUniqueOrThrow({ where: { id: operation } });
    const plain = `${name} took back the settled payment of ${number}`;
    const superseded = `${plain}; another transaction has taken its place`;
    const known = await tx.incidentRecord.findFirst({
      where: { what, title: { in: [plain, superseded] } },
    });
    if (known) return false;
    const title = fate.fate === 'superseded' ? superseded : plain;
    // A worker ties no operation to an incident; its number in the title says which one it is.
    await openIncident(tx, { what, title, openedBy: 'system', operations: [] }, now);
    const hold = { chain, asset: null, reason: 'chain-reorganised', detail: what } as const;
    await holdAsset(tx, hold, now);
    return true;
  });
  if (isNew) log.error({ operation, txid, fate }, 'a settled payment lies in no block any more');
  if (fate.fate === 'possible' && raw) await adapterFor(chain).send(raw, context);
}
