/** Takes one operation as far as it goes now. Each step stands between two committed states. */
import { intent as intentSchema, isAdoptable, movesCoins } from '#lib/protocol/intent.ts';
import { log } from '#lib/platform/log.ts';
import { isKeyLife } from '../keys/key-workers.ts';
import { loadStanding } from '../load-standing.ts';
import { keepWait } from '../progress/keep-wait.ts';
import { waitOfError } from '../progress/wait-of-error.ts';
import type { WaitReason } from '../progress/wait.ts';
import { adoptEverywhere } from './adopt-everywhere.ts';
import { beginSigning } from './begin-signing.ts';
import { broadcast } from './broadcast.ts';
import { carryKeyLife } from './carry-key-life.ts';
import { makeKey } from './make-key.ts';
import { proveControl } from './prove-control.ts';
import { settle } from './settle.ts';
import { signWithdrawal } from './sign-withdrawal.ts';
import { endWait } from './wait-for-parties.ts';
import type { WorkerContext } from './worker-context.ts';

/** More steps than any life of an operation has; a loop past it is a fault of ours. */
const stepsMax = 10;

/** Runs steps until one can do nothing more for now, and writes down for people what it waits for then. */
export async function advanceOperation(id: string, context: WorkerContext): Promise<void> {
  let wait: WaitReason | null = null;
  const waits = (reason: WaitReason): void => {
    wait = reason;
  };
  try {
    for (let step = 0; step < stepsMax; step += 1) {
      wait = null;
      const moved = await takeStep(id, { ...context, waits });
      if (!moved) break;
    }
  } catch (error) {
    wait ??= waitOfError(error);
    throw error;
  } finally {
    // Nothing rests on it, so an operation goes on where it can't be written.
    await keepWait(id, wait, context).catch((error: unknown) =>
      log.warn({ err: error, operation: id }, 'what it waits for can’t be put on record'),
    );
  }
}

async function takeStep(id: string, context: WorkerContext): Promise<boolean> {
  const loaded = await loadStanding(context.db, id, context.clock());
  if (!loaded) return false;
  const { row, standing } = loaded;
  const intent = intentSchema.parse(JSON.parse(row.intent));
  if (standing.state === 'waiting') return endWait(row, context);
  if (isAdoptable(intent))
    return standing.state === 'cosigned' || standing.state === 'signing'
      ? adoptEverywhere(row, intent, context)
      : false;
  if (standing.state === 'cosigned' && intent.kind === 'key-ceremony')
    return makeKey(row, intent, context);
  if (standing.state === 'cosigned' && isKeyLife(intent)) return carryKeyLife(row, intent, context);
  if (intent.kind === 'proof-of-control') return proveControl(row, intent, context);
  if (!movesCoins(intent)) return false;
  if (standing.state === 'cosigned') return beginSigning(row, intent, context);
  if (standing.state === 'signing') return signWithdrawal(row, intent, context);
  if (standing.state === 'signed') return broadcast(row, context);
  if (standing.state === 'broadcast') return settle(row, intent, context);
  return false;
}
