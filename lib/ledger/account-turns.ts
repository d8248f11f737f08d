/**
 * Of the journals of this process that move the same account, only a few are at the database at once. They
 * would wait for each other there, too, but each holding a connection, and every one that waits makes
 * handing on the lock dearer. Two keep the account busy: one is prepared while the other commits.
 */
const AT_ONCE = 2;
/** Whoever would wait behind so many is told at once; each of them ends within a statement's time. */
const WAITING_MAX = 1_000;

/** For each account what is under way or waits, oldest first. */
const queues = new Map<string, Promise<void>[]>();

/**
 * Runs `work` once fewer than two of what was handed in before are left for each of `accounts`. All
 * places are taken at once, so nobody waits for somebody who waits for them. What fails stops
 * none of those behind it.
 * @throws Error when too many wait for one of the accounts already.
 */
export function inTurn<T>(accounts: readonly string[], work: () => Promise<T>): Promise<T> {
  const moved = new Set(accounts);
  for (const account of moved)
    if ((queues.get(account)?.length ?? 0) >= WAITING_MAX)
      return Promise.reject(new Error(`${WAITING_MAX} journals wait for the account ${account}.`));
  const before = [...moved].flatMap((account) => queues.get(account)?.at(-AT_ONCE) ?? []);
  const mine = before.length === 0 ? work() : Promise.all(before).then(work);
  const ended = mine.then(ignore, ignore).then(() => {
    for (const account of moved) leave(account, ended);
  });
  for (const account of moved) join(account, ended);
  return mine;
}

function join(account: string, place: Promise<void>): void {
  const queue = queues.get(account);
  if (queue) queue.push(place);
  else queues.set(account, [place]);
}

function leave(account: string, place: Promise<void>): void {
  const rest = queues.get(account)?.filter((other) => other !== place) ?? [];
  if (rest.length > 0) queues.set(account, rest);
  else queues.delete(account);
}

const ignore = (): void => undefined;
