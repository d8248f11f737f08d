/** The moment that counts: the own part leaves. */
import { joined } from '../bytes.ts';
import { fault, type Fault } from '../faults.ts';
import { OneTime } from '../one-time.ts';
import { ownHeader } from './header.ts';
import { writeThird } from './messages.ts';
import type { RoundThree } from './round3.ts';
import { pairWith } from './session.ts';

/**
 * Called once the approvals were looked at again and the session is recorded as released. A pair
 * that was banned meanwhile, by a session that ran beside this one, stops it.
 * @returns one message, the same for every peer
 */
export function releasePart(
  state: OneTime<RoundThree>,
): { ok: true; message: Uint8Array; state: OneTime<RoundThree> } | Fault {
  const three = state.take();
  const { session, part } = three;
  const destroyed = session.peers.find((peer) => pairWith(session, peer).isErased);
  if (destroyed !== undefined) return fault('dkls-pair-destroyed', destroyed);
  return {
    ok: true,
    message: joined(ownHeader(session, 3, 0), writeThird(part)),
    state: new OneTime(three, () => {}),
  };
}
