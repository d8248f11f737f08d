/** Base transfers as an honest dealer would hand them out: the same outcome as base OT, at once. */
import { KEY, TRANSFERS } from '../base-ot/instance.ts';
import { bitOf } from '../bytes.ts';
import type { SenderSecrets } from '../extension/send.ts';
import { systemRandom } from '../scalars.ts';

/** @returns all keys for the party that will choose rows, and Δ with its keys for the other. */
export function dealTransfers(): { receiverKeys: Uint8Array; senderSecrets: SenderSecrets } {
  const receiverKeys = systemRandom(TRANSFERS * 2 * KEY);
  const choices = systemRandom(TRANSFERS / 8);
  const keys = new Uint8Array(TRANSFERS * KEY);
  for (let transfer = 0; transfer < TRANSFERS; transfer += 1) {
    const start = (transfer * 2 + bitOf(choices, transfer)) * KEY;
    keys.set(receiverKeys.subarray(start, start + KEY), transfer * KEY);
  }
  return { receiverKeys, senderSecrets: { choices, keys } };
}
