/** Changes whose wait is over take effect by themselves; no console has to ask for it. */
import { adoptedKind } from '#lib/protocol/intent-kinds.ts';
import type { Refusal } from '../refusals.ts';
import { adopt } from './adopt.ts';
import type { LooseBundle } from './make-decision.ts';
import type { Party } from './party.ts';
import { endWaits, forgetExpired, listOver } from './store/waits.ts';

const AT_ONCE = 50;
/** After these the change can never take effect here by itself; all else may pass. */
const ended: readonly Refusal[] = [
  'attempt-ended',
  'rejected-by-person',
  'cancelled-by-person',
  'statement-expired',
  'intent-expired',
  'version-does-not-follow',
];

/** Adopts what has waited long enough, and forgets what can't be carried out any more. */
export function carryOutWaits(party: Party): void {
  const { database, peers } = party;
  // An old copy of the records decides nothing, and must not forget what the newest still holds.
  if (peers.behind !== null) return;
  const now = party.now().toISOString();
  for (const wait of listOver(database, adoptedKind.options, now, AT_ONCE)) {
    const bundle = wait.document as LooseBundle;
    const taken = adopt(party, { bundle, receipts: [] });
    if (!taken.ok && ended.includes(taken.refusal)) database.commit(() => endWaits(database, wait));
  }
  forgetExpired(database, now);
}
