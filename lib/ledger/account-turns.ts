/**
 * Journals of this process that move the same account go to the database one after the other. They would
 * wait for each other there, too, but each holding a connection and waking through the lock manager, which
 * costs about as much again as the journal.
 */
const last = new Map<string, Promise<unknown>>();

/**
 * Runs `work` after everything that was handed in before for any of `accounts`. All turns are taken at
 * once, so two callers never wait for each other. What fails stops none of those behind it.
 */
export function inTurn<T>(accounts: readonly string[], work: () => Promise<T>): Promise<T> {
  const before = [...new Set(accounts)].flatMap((account) => last.get(account) ?? []);
  const mine = before.length === 0 ? work() : Promise.all(before).then(work);
  const settled = mine.then(ignore, ignore);
  for (const account of accounts) last.set(account, settled);
  void settled.then(() => {
    for (const account of accounts) if (last.get(account) === settled) last.delete(account);
  });
  return mine;
}

const ignore = (): void => undefined;
