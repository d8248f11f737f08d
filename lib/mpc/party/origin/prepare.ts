/** What the party answers before a key press: what will be signed, and with which keys. */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { challengeOf } from '#lib/protocol/statement.ts';
import type { Party } from '../party.ts';
import type { Trust } from '../store/trust.ts';
import { codeRequest, type CodeDesk } from './code-desk.ts';
import { draftNo, findStopFault, type Draft } from './draft-no.ts';
import { findPerson, keysFor, keysThatCount, purpose, whoever } from './people.ts';
import { refused, type PageAnswer } from './refusals.ts';
import { stopRequest } from './stop-request.ts';
import { scopeWords } from '../view/scope-words.ts';

export type KeyRequest = { challenge: string; rpId: string; keys: string[] };

export type Prepared = {
  press: KeyRequest;
  /** What the browser hands back together with the key press. */
  hand: object;
  /** What the person is asked to do, in a sentence. */
  says: string;
};

const requestFor = (
  trust: Trust,
  challenge: string,
  keys: readonly { id: string }[],
): KeyRequest => ({
  challenge,
  rpId: trust.roster.relyingParty.id,
  keys: keys.map(({ id }) => id),
});

/** A key press that only lets the browser find out whose key it is; it is never handed over. */
export function askWho(
  party: Party,
  trust: Trust,
  candidate: unknown,
): PageAnswer<{ press: KeyRequest }> {
  const parsed = z.strictObject({ purpose }).safeParse(candidate);
  if (!parsed.success) return refused('page-malformed');
  const keys = keysFor(party, trust, parsed.data.purpose).map((id) => ({ id }));
  const challenge = randomBytes(32).toString('base64url');
  return { ok: true, value: { press: requestFor(trust, challenge, keys) } };
}

function says({ intent }: Draft): string {
  const touch = 'Touch your key';
  switch (intent?.kind) {
    case 'freeze':
      return `${touch} to freeze ${scopeWords(intent.scope)}.`;
    case 'revocation':
      return `${touch} to revoke ${intent.credential === null ? 'every key' : 'one key'} of ${intent.person}.`;
    case 'destination-removal':
      return `${touch} to remove the destination ${intent.destination}.`;
    default:
      return `${touch} to reject the operation.`;
  }
}

const whoAnd = <T>(ask: z.ZodType<T>) => z.strictObject({ who: whoever, ask });

/** Draws up a rejection or a stop; nothing is kept. */
export function prepareNo(party: Party, trust: Trust, candidate: unknown): PageAnswer<Prepared> {
  const parsed = whoAnd(stopRequest).safeParse(candidate);
  if (!parsed.success) return refused('page-malformed');
  const { who, ask } = parsed.data;
  const found = findPerson(trust, who);
  if (!found.ok) return found;
  const keys = keysThatCount(party, found.value);
  if (keys.length === 0) return refused('no-key-that-counts');
  const draft = draftNo(party, trust, found.value.id, ask);
  const fault = findStopFault(party, trust, draft);
  if (fault) return refused(fault);
  return {
    ok: true,
    value: {
      press: requestFor(trust, challengeOf(draft.statement), keys),
      hand: draft,
      says: says(draft),
    },
  };
}

/** Draws up the request for a code. */
export function prepareCode(
  { party, desk }: { party: Party; desk: CodeDesk },
  trust: Trust,
  candidate: unknown,
): PageAnswer<Prepared> {
  const parsed = whoAnd(codeRequest).safeParse(candidate);
  if (!parsed.success) return refused('page-malformed');
  const { who, ask } = parsed.data;
  const found = findPerson(trust, who);
  if (!found.ok) return found;
  const keys = keysThatCount(party, found.value);
  if (keys.length === 0) return refused('no-key-that-counts');
  const prepared = desk.prepare(trust, found.value, ask);
  if (!prepared.ok) return prepared;
  const { document } = prepared.value;
  return {
    ok: true,
    value: {
      press: requestFor(trust, challengeOf(document), keys),
      hand: prepared.value,
      says: 'Touch your key to have your code shown.',
    },
  };
}
