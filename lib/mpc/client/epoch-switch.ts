/**
 * Finishes a switch of epochs that was begun: whoever has the confirmations of all members passes
 * them on, and once all have the new epoch in force, what is left of the one before is erased. Goes
 * on with the parties that answer, so that they can sign with each other while another is away.
 */
import type { SignedEnvelope } from '../wire/envelope.ts';
import { keyLifeRpc, type KeyLook } from '../wire/key-life-rpc.ts';
import type { PartyClient, PartyNo } from './party-client.ts';
import { askAll, fromOthers } from './relay.ts';

export type Looks = {
  /** By name, of the parties that answered. */
  looks: ReadonlyMap<string, KeyLook>;
  /** Why another did not. */
  missing: PartyNo | null;
};

/** Asks every party what it holds of a key. */
export async function lookAt(clients: readonly PartyClient[], key: string): Promise<Looks> {
  const answers = await Promise.all(
    clients.map(async (client) => ({
      name: client.name,
      answer: await client.call(keyLifeRpc.keyLook, { key }),
    })),
  );
  const looks = new Map<string, KeyLook>();
  let missing: PartyNo | null = null;
  for (const { name, answer } of answers)
    if (answer.ok) looks.set(name, answer.value);
    else missing ??= answer;
  return { looks, missing };
}

export type Switch = {
  key: string;
  epoch: number;
  ceremony: string;
  /** Of all members. */
  confirmations: readonly SignedEnvelope[];
  /** Of those that have it in force already. */
  words: readonly SignedEnvelope[];
};

/** The switch to an epoch that some party is through with, or that all have confirmed; null for none. */
export function findSwitch(key: string, epoch: number, { looks, missing }: Looks): Switch | null {
  const used = [...looks.values()].flatMap((look) =>
    look.used?.epoch === epoch ? [look.used] : [],
  );
  const [first] = used;
  if (first) {
    const same = used.filter(({ ceremony }) => ceremony === first.ceremony);
    const confirmations = same.find((look) => look.confirmations.length > 0)?.confirmations ?? [];
    const words = same.flatMap(({ word }) => word ?? []);
    return { key, epoch, ceremony: first.ceremony, confirmations, words };
  }
  const prepared = [...looks.values()].flatMap((look) =>
    look.used?.epoch === epoch - 1 && look.prepared ? [look.prepared] : [],
  );
  const [one] = prepared;
  const isConfirmed =
    missing === null &&
    prepared.length === looks.size &&
    prepared.every(({ ceremony }) => ceremony === one?.ceremony);
  if (!one || !isConfirmed) return null;
  const confirmations = prepared.map(({ confirmation }) => confirmation);
  return { key, epoch, ceremony: one.ceremony, confirmations, words: [] };
}

const notBy = (name: string, envelopes: readonly SignedEnvelope[]): SignedEnvelope[] =>
  envelopes.filter(({ envelope }) => envelope.from !== name);

type Rounds = (round: 'activate' | 'erase') => Promise<void>;

/**
 * Has these parties put the epoch in force, and where they are all of its members erase the one before.
 * @param missing why a member is not among them; the outcome then, once the others are through.
 */
export async function finishSwitch(
  clients: readonly PartyClient[],
  of: Switch,
  missing: PartyNo | null,
  onRound: Rounds,
): Promise<{ ok: true } | PartyNo> {
  const { key, ceremony, confirmations, words } = of;
  await onRound('activate');
  const active = await askAll(clients, (client) =>
    client.call(keyLifeRpc.refreshActivate, {
      key,
      ceremony,
      envelopes: notBy(client.name, confirmations),
      words: notBy(client.name, words),
    }),
  );
  if (!active.ok) return active;
  if (missing) return missing;
  await onRound('erase');
  const erased = await askAll(clients, (client) =>
    client.call(keyLifeRpc.refreshErase, {
      key,
      ceremony,
      envelopes: fromOthers(client.name, active.values),
    }),
  );
  return erased.ok ? { ok: true } : erased;
}
