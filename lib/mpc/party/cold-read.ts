/** From the bytes that people brought to a request this cold party could answer. */
import { readTravelDocument, type TravelDocument } from '#lib/protocol/travel/travel-document.ts';
import type { TravelRefusal } from '#lib/protocol/travel/refusals.ts';
import {
  CONSOLE,
  roundRequest,
  signingRequest,
  type RoundRequest,
  type SigningRequest,
} from '../wire/cold-documents.ts';
import type { Party } from './party.ts';

export type ColdRequest =
  | { kind: 'signing-request'; body: SigningRequest }
  | { kind: 'round-request'; body: RoundRequest };

export type ReadRequest =
  | { ok: true; document: TravelDocument; digest: string; request: ColdRequest }
  | { ok: false; refusal: TravelRefusal };

/** A request has one spelling on the way, so its digest stands for all of it. */
export function readColdRequest(party: Party, bytes: Uint8Array): ReadRequest {
  const { config, trust } = party;
  const read = readTravelDocument(bytes, {
    now: party.now().toISOString(),
    expected: {
      to: config.name,
      from: CONSOLE,
      environment: config.mode,
      ...(trust ? { organisation: trust.roster.organisation } : {}),
    },
  });
  if (!read.ok) return read;
  const { document, digest } = read;
  const { kind, body } = document;
  // A signature takes one trip there and one back, a ceremony as many as it has rounds.
  const isWay = kind === 'signing-request' ? document.step === 1 : document.step % 2 === 1;
  if (kind === 'signing-request') {
    const parsed = signingRequest.safeParse(body);
    if (!parsed.success) return { ok: false, refusal: 'travel-malformed' };
    if (!isWay) return { ok: false, refusal: 'travel-out-of-step' };
    return { ok: true, document, digest, request: { kind, body: parsed.data } };
  }
  if (kind === 'round-request') {
    const parsed = roundRequest.safeParse(body);
    if (!parsed.success) return { ok: false, refusal: 'travel-malformed' };
    if (!isWay) return { ok: false, refusal: 'travel-out-of-step' };
    return { ok: true, document, digest, request: { kind, body: parsed.data } };
  }
  return { ok: false, refusal: 'travel-other-kind' };
}
