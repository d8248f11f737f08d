/** The copy of a sample request, as the desk has the worker build it. */
import type { Actor } from '#lib/identity/actor.ts';
import { contentsForm } from '#lib/privacy/package/build-package.ts';
import { newestPackage, orderPackage } from '#lib/privacy/package/order-package.ts';
import { readPreview } from '#lib/privacy/package/read-preview.ts';
import { done } from './sample-times.ts';
import { waitFor, type LoggedContext } from './seed-context.ts';

/** The worker looks every second, and has other work beside. */
const buildMs = 60_000;

/**
 * Orders it, takes every text in that nobody has read, and waits for the worker.
 * @returns its SHA-256 and the grounds on which it leaves something out, for the decision.
 * @throws where the worker builds none.
 */
export async function buildCopy(
  actor: Actor,
  id: string,
  context: LoggedContext,
): Promise<{ digest: string; grounds: string[] }> {
  const build = async (choices: readonly object[]) => {
    const { version } = done(await orderPackage(actor, { id, choices }, context));
    return waitFor('the copy of a sample request', buildMs, async () => {
      const newest = await newestPackage(context.db, id);
      return newest?.version === version ? newest.built : null;
    });
  };
  let built = await build([]);
  if (built.undecided > 0) {
    const { items } = done(await readPreview(actor, { id }, context));
    const unread = items.flatMap(({ item, take }) =>
      item !== null && take === 'undecided' ? [{ item, take: 'in', reason: '' }] : [],
    );
    built = await build(unread);
  }
  const grounds = contentsForm.parse(built.contents).flatMap(({ ground }) => ground ?? []);
  return { digest: built.digest, grounds: [...new Set(grounds)] };
}
