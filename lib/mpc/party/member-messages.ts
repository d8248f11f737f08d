/** Members of a key by name and by number, and the secrets they hand each other. */
import type { Member } from '../frost/transcript.ts';
import {
  sealEnvelope,
  type EnvelopeHeader,
  type OpenedMessage,
  type SignedEnvelope,
} from '../wire/envelope.ts';
import { openPrivate, sealPrivate, type PrivatePayload } from '../wire/private-payload.ts';
import type { Party } from './party.ts';

const SCALAR_BYTES = 32;

export const nameAt = (members: readonly Member[], index: number | null): string | null =>
  members.find((member) => member.index === index)?.name ?? null;

/** Those of the values that members have, by the member's number. */
export function byIndex<T>(
  members: readonly Member[],
  byName: ReadonlyMap<string, T>,
): Map<number, T> {
  return new Map(
    members.flatMap(({ name, index }) => {
      const value = byName.get(name);
      return value === undefined ? [] : [[index, value] as const];
    }),
  );
}

/** Seals each receiver's scalar in an envelope for it, and erases the scalars. */
export function sealScalars(
  party: Party,
  receivers: readonly Member[],
  scalars: ReadonlyMap<number, Uint8Array>,
  headerTo: (receiver: string) => EnvelopeHeader,
): SignedEnvelope[] {
  const envelopes = receivers.map(({ name, index, exchangeKey }) => {
    const scalar = scalars.get(index);
    if (!scalar) throw new Error('There is no scalar for a member.');
    const header = headerTo(name);
    return sealEnvelope(party.identity, header, sealPrivate(exchangeKey, header, scalar));
  });
  for (const scalar of scalars.values()) scalar.fill(0);
  return envelopes;
}

/** Opens the scalar that each other member sealed for this party; the caller erases them. */
export function openScalars(
  party: Party,
  messages: ReadonlyMap<string, OpenedMessage<PrivatePayload>>,
): { ok: true; scalars: Map<string, Uint8Array> } | { ok: false; culprit: string } {
  const scalars = new Map<string, Uint8Array>();
  const { exchangeKey, agreementKey } = party.identity;
  for (const [name, { header, payload }] of messages) {
    const scalar = openPrivate(exchangeKey, agreementKey, header, payload);
    if (scalar?.length !== SCALAR_BYTES) return { ok: false, culprit: name };
    scalars.set(name, scalar);
  }
  return { ok: true, scalars };
}
