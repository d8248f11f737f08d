/** A party in hostile hands that changes what is inside its encrypted messages, byte by byte. */
import { fromHex, toHex } from '../wire/encoding.ts';
import { sealEnvelope, type SignedEnvelope } from '../wire/envelope.ts';
import { openPrivate, privatePayloadOf, sealPrivate } from '../wire/private-payload.ts';
import type { Party } from '../party/party.ts';

const payloadOf = privatePayloadOf(4 * 1024 * 1024);

/** The same message with other contents, encrypted and signed anew. */
export function reboxed(
  { sender, receiver }: { sender: Party; receiver: Party },
  { envelope }: SignedEnvelope,
  change: (plain: Uint8Array) => Uint8Array,
): SignedEnvelope {
  const { payload, ...header } = envelope;
  const { exchangeKey, agreementKey } = receiver.identity;
  const plain = openPrivate(exchangeKey, agreementKey, header, payloadOf.parse(payload));
  if (!plain) throw new Error('The message does not open.');
  const sealed = sealPrivate(exchangeKey, header, change(plain));
  return sealEnvelope(sender.identity, header, sealed);
}

/** One bit turned around. */
export const flippedAt =
  (at: number) =>
  (plain: Uint8Array): Uint8Array => {
    const hex = toHex(plain);
    const changed = fromHex(hex);
    changed[at] = (changed[at] ?? 0) ^ 1;
    return changed;
  };
