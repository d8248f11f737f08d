/** Changes whose wait is over take effect by themselves; no console has to ask for it. */
import { adopt } from './adopt.ts';
import { decreeKind } from './store/decrees.ts';
import { endWaits, listWaits } from './store/waits.ts';
import type { Party } from './party.ts';

const AT_ONCE = 50;
/** Refusals that may pass later: the wait goes on. */
const passing: readonly string[] = ['time-lock-running', 'version-gap', 'peer-word-missing'];

/** Adopts what has waited long enough; what can't be adopted any more is forgotten. */
export function carryOutWaits(party: Party): void {
  const now = party.now().toISOString();
  for (const wait of listWaits(party.database, AT_ONCE)) {
    if (wait.until > now || !decreeKind.safeParse(wait.kind).success) continue;
    const taken = adopt(party, { bundle: wait.document as object, receipts: [] });
    if (!taken.ok && !passing.includes(taken.refusal))
      party.database.commit(() => endWaits(party.database, wait));
  }
}
