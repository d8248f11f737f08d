/** Three parties with a network and two cold ones, inside the test's own process, and the way between. */
import { randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addressOf } from '#lib/chains/solana/address.ts';
import type { OperationBundle } from '#lib/protocol/bundle.ts';
import { digestOf, type Intent } from '#lib/protocol/intent.ts';
import type { Policy } from '#lib/protocol/policy.ts';
import type { Group, RosterParty } from '#lib/protocol/roster.ts';
import {
  advanceColdCeremony,
  newColdCeremony,
  takeColdAnswer,
  type ColdCeremony,
} from '../client/cold-ceremony.ts';
import { knowsNothing, type ColdKnowledge } from '../client/cold-knowledge.ts';
import { prepareColdSigning, type ColdSigningTrip } from '../client/cold-signing.ts';
import { runKeyCeremony } from '../client/key-ceremony.ts';
import { adopt, type PartyAnswer, type PartyClient } from '../client/party-client.ts';
import {
  ask,
  bring,
  openDesk,
  press,
  proceed,
  type ColdDesk,
  type Leaving,
} from '../party/cold-desk.ts';
import type { PartyConfig } from '../party/config.ts';
import { offerGenesis, pinGenesis } from '../party/genesis.ts';
import { createParty } from '../party/open-party.ts';
import type { Party } from '../party/party.ts';
import { prepareColdParty } from '../party/prepare-cold.ts';
import { endpoints } from '../party/rpc-endpoints.ts';
import { keyEncryptionKey } from '../party/seal.ts';
import { isRefusal } from '../refusals.ts';
import type { RpcMethod } from '../wire/rpc.ts';
import { must, randomAddress, randomNonce, transferFor, type Vault } from './custody.ts';
import {
  foundOrganisation,
  keyCeremonyIntent,
  listingIntent,
  withdrawalIntent,
  type Name,
  type Organisation,
} from './organisation.ts';

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** One party with everything that opens it again. */
export type Seat = {
  name: string;
  config: PartyConfig;
  kek: Uint8Array;
  folder: string;
  party: Party;
  client: PartyClient;
};

export type ColdSite = Seat & { desk: ColdDesk };

export type ColdCustody = {
  control: Seat;
  custody: Seat;
  recovery: Seat;
  a: ColdSite;
  b: ColdSite;
  organisation: Organisation;
  clock: { ahead: number };
  /** Folders that copies of data folders lie in. */
  copies: string[];
  remove(): void;
};

/** Goes through the same parsing as the socket would, and answers as if the party were off once it is closed. */
function clientOf(seat: () => Party, name: string): PartyClient {
  const call = async <Q, A>(
    { path, answer }: RpcMethod<Q, A>,
    request: Q,
  ): Promise<PartyAnswer<A>> => {
    const endpoint = endpoints.get(path);
    if (!endpoint) throw new Error('no such method');
    const given = await endpoint.answer(seat(), JSON.parse(JSON.stringify(request)));
    if (given.ok) return { ok: true, value: answer.parse(JSON.parse(JSON.stringify(given.value))) };
    if (!isRefusal(given.refusal)) throw new Error('not a refusal');
    return { ...given, party: name };
  };
  return { name, origin: '', expected: 'online', call, close: () => undefined };
}

const configOf = (name: string, group: Group, isCold: boolean): PartyConfig => {
  const folder = mkdtempSync(join(tmpdir(), `cs-${name}-`));
  const origin = isCold ? 'http://localhost:3111' : `http://${name}.localhost`;
  return {
    name,
    group,
    mode: 'sandbox',
    dataFolder: folder,
    rpc: { kind: 'unix', path: join(folder, 'rpc.sock') },
    origin: { origin, host: '127.0.0.1', port: 3111, tls: null },
    peerInterval: 1000,
    kek: { kind: 'file', path: join(folder, 'kek') },
    ...(isCold ? { cold: true } : {}),
  };
};

function open(config: PartyConfig, kek: Uint8Array, clock: { ahead: number }): Party {
  return createParty({
    config,
    kek: keyEncryptionKey(kek.slice()),
    log: () => undefined,
    now: () => new Date(Date.now() + clock.ahead),
  });
}

function seat(name: string, group: Group, isCold: boolean, clock: { ahead: number }): Seat {
  const config = configOf(name, group, isCold);
  const kek = new Uint8Array(randomBytes(32));
  if (isCold) prepareColdParty({ config, kek: keyEncryptionKey(kek.slice()), index: 1 });
  const made: Seat = {
    name,
    config,
    kek,
    folder: config.dataFolder,
    party: open(config, kek, clock),
    client: clientOf(() => made.party, name),
  };
  // Parties with a network talk to each other, which is not what these tests are about.
  if (!isCold) made.party.peers.heard = true;
  return made;
}

/** Ends the process of a party and starts it again: what it had in memory is gone. */
export function restart(of: Seat | ColdSite, { clock }: Pick<ColdCustody, 'clock'>): void {
  of.party.database.close();
  of.party = open(of.config, of.kek, clock);
  if ('desk' in of) of.desk = openDesk(of.party);
  else of.party.peers.heard = true;
}

/** Copies a party's data folder as it is on the disk, to be put back later. */
export function copyFolder(of: Seat, custody: Pick<ColdCustody, 'clock' | 'copies'>): string {
  const copy = mkdtempSync(join(tmpdir(), 'cs-copy-'));
  custody.copies.push(copy);
  // Closed first, so that the copy is a whole one.
  restart(of, custody);
  of.party.database.close();
  cpSync(of.folder, copy, { recursive: true });
  of.party = open(of.config, of.kek, custody.clock);
  if ('desk' in of) (of as ColdSite).desk = openDesk(of.party);
  return copy;
}

/** Puts a copy in place of a party's data folder and opens it. */
export function putBack(of: Seat, copy: string, { clock }: Pick<ColdCustody, 'clock'>): void {
  of.party.database.close();
  rmSync(of.folder, { recursive: true, force: true });
  cpSync(copy, of.folder, { recursive: true });
  of.party = open(of.config, of.kek, clock);
  if ('desk' in of) (of as ColdSite).desk = openDesk(of.party);
}

const entryOf = ({ party, config }: Seat, index: number): RosterParty => ({
  name: config.name,
  group: config.group,
  index,
  identityKey: party.identity.identityKey,
  exchangeKey: party.identity.exchangeKey,
  ...(config.cold ? { cold: true as const } : { origin: config.origin.origin }),
});

/** Five parties that have pinned the genesis of one organisation. */
export function openColdCustody(rules: Partial<Policy> = {}): ColdCustody {
  const clock = { ahead: 0 };
  const copies: string[] = [];
  const [control, custody, recovery] = (['control', 'custody', 'recovery'] as const).map((name) =>
    seat(name, name, false, clock),
  );
  if (!control || !custody || !recovery) throw new Error('three parties');
  const site = (name: string, group: Group): ColdSite => {
    const made = seat(name, group, true, clock);
    return Object.assign(made, { desk: openDesk(made.party) });
  };
  const [a, b] = [site('cold-a', 'custody'), site('cold-b', 'recovery')];
  const seats = [control, custody, recovery, a, b];
  const organisation = foundOrganisation(
    seats.map((of, place) => entryOf(of, place + 1)),
    rules,
  );
  for (const { party } of seats) {
    const offered = offerGenesis(party, { bundle: organisation.genesis });
    if (!offered.ok) throw new Error(offered.refusal);
    const pinned = pinGenesis(party, offered.value.genesisDigest);
    if (!pinned.ok) throw new Error(pinned.refusal);
  }
  return {
    control,
    custody,
    recovery,
    a,
    b,
    organisation,
    clock,
    copies,
    remove: () => {
      for (const copy of copies) rmSync(copy, { recursive: true, force: true });
      for (const { party, folder } of seats) {
        party.database.close();
        rmSync(folder, { recursive: true, force: true });
      }
    },
  };
}

export const coldKeyIntent = (key = 'key-cold-1', vault = 'cold-1'): Intent => {
  const intent = keyCeremonyIntent(key, vault, ['control', 'cold-a', 'cold-b']);
  return intent.kind === 'key-ceremony'
    ? { ...intent, vault: { ...intent.vault, tier: 'cold' } }
    : intent;
};

export const onlineOf = (custody: ColdCustody) => ({
  online: custody.control.client,
  others: [custody.custody.client, custody.recovery.client],
});

/** People at the cold site read a document, let its steps be taken, and bring the answer back. */
export function carryRound(site: ColdSite, text: string): Leaving {
  const brought = bring(site.desk, bytesOf(text));
  if (brought.state === 'answered' || brought.state === 'refused') return brought.leaving;
  if (brought.state === 'unreadable') throw new Error(brought.refusal);
  return must({ ...proceed(site.desk), party: site.name } as PartyAnswer<Leaving>);
}

export const newCeremony = ({ organisation }: ColdCustody): ColdCeremony => {
  const { organisation: name, environment } = organisation.roster;
  return newColdCeremony({ organisation: name, environment, cold: ['cold-a', 'cold-b'] });
};

/** The world in which a key ceremony for the cold vault goes on. */
export const ceremonyWorld = (
  custody: ColdCustody,
  bundle: OperationBundle,
  knowledge: Record<string, ColdKnowledge> = {},
) => ({
  online: [custody.control.client],
  others: [custody.custody.client, custody.recovery.client],
  drive: (clients: readonly PartyClient[]) => runKeyCeremony(clients, bundle),
  knowledge,
});

/** Trips there and back until the key is there, each time by way of a row of a database. */
export async function makeColdKey(
  custody: ColdCustody,
  bundle = custody.organisation.bundle(coldKeyIntent()),
  before: ColdCeremony = newCeremony(custody),
): Promise<{ publicKey: string; trips: number }> {
  let state = before;
  const knowledge: Record<string, ColdKnowledge> = {};
  for (let trips = 0; trips < 20; trips += 1) {
    const world = ceremonyWorld(custody, bundle, knowledge);
    const step = await advanceColdCeremony(state, world);
    state = JSON.parse(JSON.stringify(step.state)) as ColdCeremony;
    const { outcome } = step;
    if (outcome.kind === 'done') return { publicKey: outcome.value.publicKey, trips };
    if (outcome.kind !== 'waiting') throw new Error(`${outcome.kind} ${outcome.no.refusal}`);
    for (const { to, text } of outcome.documents) {
      const site = to === 'cold-a' ? custody.a : custody.b;
      const answer = bytesOf(carryRound(site, text).text);
      const taken = await takeColdAnswer(state, world, {
        cold: to,
        answer,
        now: new Date(Date.now() + custody.clock.ahead),
      });
      if (!taken.ok) throw new Error(taken.refusal);
      if (taken.value.no) throw new Error(taken.value.no.refusal);
      ({ state } = taken.value);
      knowledge[to] = taken.value.knowledge;
    }
  }
  throw new Error('The ceremony does not end.');
}

/** The cold vault's key, and a destination listed at the parties with a network. */
export async function openColdVault(
  custody: ColdCustody,
  stated: (intent: Intent) => OperationBundle = (intent) => custody.organisation.bundle(intent),
): Promise<Vault> {
  const { publicKey } = await makeColdKey(custody);
  const destination = { id: 'acme-treasury', address: randomAddress() };
  const listing = stated(listingIntent(destination));
  for (const { client } of [custody.control, custody.custody, custody.recovery])
    must(await adopt(client, listing));
  const address = addressOf(new Uint8Array(Buffer.from(publicKey, 'hex')));
  return { publicKey, address, destination };
}

export function coldWithdrawal(vault: Vault): Intent {
  const intent = withdrawalIntent(vault.destination);
  return intent.kind === 'withdrawal' ? { ...intent, vault: 'cold-1' } : intent;
}

export type Trip = {
  intent: Intent;
  bundle: OperationBundle;
  transaction: { chain: string; message: Uint8Array };
  trip: ColdSigningTrip;
  text: string;
};

/** Opens a session at the party with a network and writes the request. */
export async function sendOut(
  custody: ColdCustody,
  vault: Vault,
  of: Partial<Pick<Trip, 'intent' | 'bundle' | 'transaction'>> & {
    cold?: string;
    knowledge?: ColdKnowledge;
  } = {},
): Promise<Trip> {
  const intent = of.intent ?? coldWithdrawal(vault);
  const bundle = of.bundle ?? custody.organisation.bundle(intent);
  const transaction = of.transaction ?? transferFor(vault, intent, randomNonce());
  const { organisation, environment } = custody.organisation.roster;
  const prepared = await prepareColdSigning(onlineOf(custody), {
    organisation,
    environment,
    cold: of.cold ?? 'cold-a',
    bundle,
    transaction,
    knowledge: of.knowledge ?? knowsNothing,
  });
  if (!prepared.ok) throw new Error(`${prepared.party}: ${prepared.refusal}`);
  if (prepared.value.state !== 'trip') throw new Error(prepared.value.state);
  const { trip, document } = prepared.value;
  return {
    intent,
    bundle,
    transaction,
    trip: JSON.parse(JSON.stringify(trip)) as ColdSigningTrip,
    text: document.text,
  };
}

const people: Readonly<Record<Name, string>> = {
  raisa: 'p-raisaaaaaa',
  adam: 'p-adamaaaaaa',
  cora: 'p-coraaaaaaa',
  remy: 'p-remyaaaaaa',
};

/** A person presses their key at a cold party's page, over what lies on its desk. */
export function pressAt(site: ColdSite, custody: ColdCustody, name: Name = 'cora') {
  const question = ask(site.desk, people[name]);
  if (!question) throw new Error(`${name} is not asked`);
  const { challenge, confirm } = question;
  const { origin } = site.config.origin;
  const assertion = custody.organisation.keys[name].assert({ challenge, origin });
  return press(site.desk, { nonce: confirm.nonce, assertion });
}

/** The whole way at a cold site: read, press, and the answer as it leaves. */
export function signAt(
  site: ColdSite,
  custody: ColdCustody,
  text: string,
  name: Name = 'cora',
): Leaving {
  const brought = bring(site.desk, bytesOf(text));
  if (brought.state === 'refused' || brought.state === 'unreadable')
    throw new Error(brought.refusal);
  if (brought.state === 'answered') return brought.leaving;
  return must({ ...pressAt(site, custody, name), party: site.name } as PartyAnswer<Leaving>);
}

/** The same document with its body changed and its digest made to fit, as an attacker on the way would. */
export function rewritten(
  text: string,
  change: (document: Record<string, unknown>) => void,
): string {
  const [type, , canonical = ''] = text.split('\n');
  const document = JSON.parse(canonical) as Record<string, unknown>;
  change(document);
  const canonicalNow = JSON.stringify(sorted(document));
  return `${type}\nsha256 ${digestOf(document)}\n${canonicalNow}\n`;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inside]) => [key, sorted(inside)]),
  );
}
