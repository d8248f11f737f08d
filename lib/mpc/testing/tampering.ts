/**
 * One local party in hostile hands and a relay that helps it: what it says in each round is changed,
 * for each receiver as the test likes, and signed with its own key.
 */
import type { PartyClient } from '../client/party-client.ts';
import {
  sealEnvelope,
  signedEnvelope,
  type EnvelopeHeader,
  type SignedEnvelope,
} from '../wire/envelope.ts';
import type { PartyIdentity } from '../wire/identity.ts';

/** What a receiver gets in place of one message; several, none, or anything at all. */
export type Tamper = (message: {
  /** Of the method by which the receiver gets it. */
  path: string;
  receiver: string;
  sent: SignedEnvelope;
}) => readonly unknown[];

/** Every message of `hostile` to the others passes through the function. */
export function tampered(
  clients: readonly PartyClient[],
  hostile: string,
  change: Tamper,
): PartyClient[] {
  return clients.map((client) => {
    if (client.name === hostile) return client;
    const { name: receiver } = client;
    const changeAll = (path: string, request: unknown): unknown => {
      if (typeof request !== 'object' || request === null || !('envelopes' in request))
        return request;
      const { envelopes } = request;
      if (!Array.isArray(envelopes)) return request;
      const changed = envelopes.flatMap((candidate: unknown) => {
        const sent = signedEnvelope.parse(candidate);
        return sent.envelope.from === hostile ? change({ path, receiver, sent }) : [sent];
      });
      return { ...request, envelopes: changed };
    };
    return {
      ...client,
      call: (method, request) =>
        client.call(method, changeAll(method.path, request) as typeof request),
    };
  });
}

/** The same message with other contents, signed anew. */
export function resealed(
  identity: PartyIdentity,
  { envelope }: SignedEnvelope,
  changes: { payload?: Record<string, unknown>; header?: Partial<EnvelopeHeader> },
): SignedEnvelope {
  const { payload, ...header } = envelope;
  return sealEnvelope(
    identity,
    { ...header, ...changes.header },
    { ...payload, ...changes.payload },
  );
}
