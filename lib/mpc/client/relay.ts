/** Carries each round's messages between the parties, all parties at once. */
import type { SignedEnvelope } from '../wire/envelope.ts';
import { isAbsence } from './benign.ts';
import type { PartyAnswer, PartyClient, PartyNo } from './party-client.ts';

/**
 * Asks every party at the same time. Any no is the outcome, and a party's own refusal before an
 * absence: it is what people have to know.
 */
export async function askAll<T>(
  clients: readonly PartyClient[],
  ask: (client: PartyClient) => Promise<PartyAnswer<T>>,
): Promise<{ ok: true; values: Map<string, T> } | PartyNo> {
  const answers = await Promise.all(clients.map(ask));
  const refused = answers.filter((answer) => !answer.ok);
  const [first] = refused;
  if (first) return refused.find(({ refusal }) => !isAbsence(refusal)) ?? first;
  const values = new Map<string, T>();
  for (const [place, client] of clients.entries()) {
    const got = answers[place];
    if (got?.ok) values.set(client.name, got.value);
  }
  return { ok: true, values };
}

/** The messages of everybody else. */
export function fromOthers(
  name: string,
  envelopes: ReadonlyMap<string, { envelope: SignedEnvelope }>,
): SignedEnvelope[] {
  return [...envelopes].filter(([from]) => from !== name).map(([, { envelope }]) => envelope);
}

/** The messages that are for one party alone. */
export function addressedTo(
  name: string,
  sent: ReadonlyMap<string, { envelopes: readonly SignedEnvelope[] }>,
): SignedEnvelope[] {
  return [...sent.values()].flatMap(({ envelopes }) =>
    envelopes.filter(({ envelope }) => envelope.to === name),
  );
}

/** The value of one party; missing only by a bug. */
export function of<T>(values: ReadonlyMap<string, T>, name: string): T {
  const value = values.get(name);
  if (value === undefined) throw new Error(`There is no answer of ${name}.`);
  return value;
}
