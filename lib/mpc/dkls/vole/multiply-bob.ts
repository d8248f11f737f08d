/** Bob's side of the multiplication: he checks Alice's message and gets his shares of the products. */
import { bitOf, equalBytes } from '../bytes.ts';
import type { ReceiverRows } from '../extension/receive.ts';
import { padsOf } from '../extension/pads.ts';
import { ORDER, scalarsFrom } from '../scalars.ts';
import type { ExtensionId } from '../extension/matrix.ts';
import { checkDigest, checkValues, weightsOf } from './check.ts';
import { CHECKS, INPUTS, weighted, type Pair } from './gadget.ts';
import type { ProductMessage } from './multiply-alice.ts';

const WIDTH = INPUTS + CHECKS;

/**
 * @returns d: his shares, or null when the check fails: some row was corrected by other inputs than
 * the rest. Whether it fails may depend on a choice of Bob, so after a failure the pair is
 * never used again.
 * @throws unless every number of the message is below the order; who reads a message sees to that
 */
export function multiplyAsBob(
  id: ExtensionId,
  secrets: ReceiverRows,
  message: ProductMessage,
): Pair | null {
  const corrections = scalarsFrom(message.corrections);
  const checkSums = scalarsFrom(message.checkSums);
  const pads = padsOf(id, secrets.rows);
  const opened = pads.map((pad, index) => {
    const chosen = BigInt(bitOf(secrets.choices, Math.floor(index / WIDTH)));
    return (pad + chosen * (corrections[index] ?? 0n)) % ORDER;
  });
  const values = checkValues(opened, weightsOf(id, message.corrections), (row, column) =>
    bitOf(secrets.choices, row) === 1 ? (checkSums[column] ?? 0n) : 0n,
  );
  const isConsistent = equalBytes(checkDigest(id, values), message.digest);
  const shares = weighted(opened);
  for (const list of [pads, opened, values]) list.fill(0n);
  return isConsistent ? shares : null;
}
