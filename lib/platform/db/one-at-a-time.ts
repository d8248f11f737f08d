/**
 * A transaction has one connection, and a connection runs one statement at a time. The query engine
 * asks for the relations of a row all at once; the driver's own queue for that is on its way out
 * (node-postgres 9), so the statements wait for each other here.
 */
import { PrismaPg } from '@prisma/adapter-pg';

type Adapter = Awaited<ReturnType<PrismaPg['connect']>>;
type Transaction = Awaited<ReturnType<Adapter['startTransaction']>>;

/** Calls that wait for each other; one that fails stops none of the later ones. */
export function makeQueue() {
  let last: Promise<unknown> = Promise.resolve();
  return <A extends unknown[], R>(call: (...args: A) => Promise<R>) =>
    (...args: A): Promise<R> => {
      const mine = last.then(() => call(...args));
      last = mine.catch(() => undefined);
      return mine;
    };
}

/** The end waits as well, so that no statement meets a connection that was given back. */
function inOrder(transaction: Transaction): Transaction {
  const queued = makeQueue();
  transaction.queryRaw = queued(transaction.queryRaw.bind(transaction));
  transaction.executeRaw = queued(transaction.executeRaw.bind(transaction));
  transaction.commit = queued(transaction.commit.bind(transaction));
  transaction.rollback = queued(transaction.rollback.bind(transaction));
  return transaction;
}

/** The adapter over node-postgres, with the statements of a transaction one after the other. */
export class OrderlyPg extends PrismaPg {
  override async connect(): Promise<Adapter> {
    const adapter = await super.connect();
    const start = adapter.startTransaction.bind(adapter);
    adapter.startTransaction = async (isolationLevel) => inOrder(await start(isolationLevel));
    return adapter;
  }
}
