/** Three real parties under one organisation, up to a vault with a key and a destination. */
import { buildTransfer } from '#lib/chains/solana/build.ts';
import { addressOf } from '#lib/chains/solana/address.ts';
import { digestOf, movesCoins, type Intent } from '#lib/protocol/intent.ts';
import type { Policy } from '#lib/protocol/policy.ts';
import { memoOf } from '#lib/protocol/match-transaction.ts';
import { randomBytes } from 'node:crypto';
import { adopt, offerGenesis, type PartyAnswer } from '../client/party-client.ts';
import { runKeyCeremony } from '../client/key-ceremony.ts';
import {
  foundOrganisation,
  keyCeremonyIntent,
  listingIntent,
  type Organisation,
} from './organisation.ts';
import {
  pin,
  prepareParty,
  rosterEntry,
  type PartyOptions,
  type PartyProcess,
} from './party-process.ts';

export const partyNames = ['control', 'custody', 'recovery'] as const;

export type Custody = {
  parties: PartyProcess[];
  organisation: Organisation;
  genesisDigest: string;
};

/** The one thing in a list of one. */
export function only<T>(list: readonly T[]): T {
  const [first] = list;
  if (list.length !== 1 || first === undefined) throw new Error('There is not exactly one.');
  return first;
}

/** The value of an answer, or an error with the refusal's name. */
export function must<T>(answer: PartyAnswer<T>): T {
  if (!answer.ok) throw new Error(`${answer.party}: ${answer.refusal}`);
  return answer.value;
}

export const randomAddress = (): string => addressOf(new Uint8Array(randomBytes(32)));

/**
 * Starts the parties and founds the organisation; nothing is offered or pinned yet.
 * @param of.rules what the first policy says otherwise than usual.
 * @param of.env of every party, beside what it needs.
 */
export async function startParties(
  of: { rules?: Partial<Policy>; env?: PartyOptions['env'] } = {},
): Promise<Custody> {
  const { rules = {}, env = {} } = of;
  const parties = await Promise.all(partyNames.map((name) => prepareParty({ name, env })));
  await Promise.all(parties.map((party) => party.start()));
  const entries = await Promise.all(parties.map((party, place) => rosterEntry(party, place + 1)));
  const organisation = foundOrganisation(entries, rules);
  return { parties, organisation, genesisDigest: digestOf(organisation.genesis.document) };
}

/** Offers the genesis to every party and pins it at each. */
export async function holdGenesis({
  parties,
  organisation,
  genesisDigest,
}: Custody): Promise<void> {
  for (const party of parties) {
    must(await offerGenesis(party.client, organisation.genesis));
    await pin(party, genesisDigest);
  }
  await Promise.all(parties.map((party) => party.heard()));
}

export type Vault = {
  publicKey: string;
  address: string;
  destination: { id: string; address: string };
};

/** Makes the key of vault `warm-1` and lists a destination at every party. */
export async function openVault({ parties, organisation }: Custody): Promise<Vault> {
  const clients = parties.map(({ client }) => client);
  const { publicKey } = must(
    await runKeyCeremony(clients, organisation.bundle(keyCeremonyIntent())),
  );
  const destination = { id: 'acme-treasury', address: randomAddress() };
  const listing = organisation.bundle(listingIntent(destination));
  for (const client of clients) must(await adopt(client, listing));
  const address = addressOf(new Uint8Array(Buffer.from(publicKey, 'hex')));
  return { publicKey, address, destination };
}

/** A transfer that fits the withdrawal intent; a fixed nonce makes transactions conflict. */
export function transferFor(
  vault: Vault,
  intent: Intent,
  nonce: { account: string; value: string },
  feePayer = randomAddress(),
): { chain: string; message: Uint8Array } {
  if (!movesCoins(intent)) throw new Error('Only what moves coins has a transfer.');
  const message = buildTransfer({
    feePayer,
    from: vault.address,
    to: intent.destination.address,
    lamports: BigInt(intent.amount),
    memo: memoOf(intent),
    nonce,
  });
  return { chain: intent.chain, message };
}

export const randomNonce = (): { account: string; value: string } => ({
  account: randomAddress(),
  value: randomAddress(),
});

export async function removeAll({ parties }: Pick<Custody, 'parties'>): Promise<void> {
  await Promise.all(parties.map((party) => party.remove()));
}
