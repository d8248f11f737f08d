/** Whole parties inside the test's own process: same stores and handlers, no socket, a clock to turn. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addressOf } from '#lib/chains/solana/address.ts';
import type { Policy } from '#lib/protocol/policy.ts';
import type { RosterParty } from '#lib/protocol/roster.ts';
import { runKeyCeremony } from '../client/key-ceremony.ts';
import { adopt, type PartyClient } from '../client/party-client.ts';
import { offerGenesis, pinGenesis } from '../party/genesis.ts';
import { createParty } from '../party/open-party.ts';
import type { Party } from '../party/party.ts';
import { keyEncryptionKey } from '../party/seal.ts';
import { endpoints } from '../party/rpc-endpoints.ts';
import { isRefusal } from '../refusals.ts';
import type { RpcMethod } from '../wire/rpc.ts';
import { must, partyNames, randomAddress, type Vault } from './custody.ts';
import {
  foundOrganisation,
  keyCeremonyIntent,
  listingIntent,
  type Organisation,
} from './organisation.ts';

export type LocalParty = { party: Party; client: PartyClient; folder: string };

export type LocalCustody = {
  parties: [LocalParty, LocalParty, LocalParty];
  organisation: Organisation;
  /** Milliseconds that every party's clock is ahead of the real one. */
  clock: { ahead: number };
  remove(): void;
};

/** Goes through the same parsing as the socket would. */
function clientOf(party: Party): PartyClient {
  const { name, origin } = party.config;
  const call = async <Q, A>({ path, answer }: RpcMethod<Q, A>, request: Q) => {
    const endpoint = endpoints.get(path);
    if (!endpoint) throw new Error('no such method');
    const given = await endpoint.answer(party, JSON.parse(JSON.stringify(request)));
    if (given.ok)
      return { ok: true as const, value: answer.parse(JSON.parse(JSON.stringify(given.value))) };
    if (!isRefusal(given.refusal)) throw new Error('not a refusal');
    return { ...given, party: name };
  };
  return { name, origin: origin.origin, expected: 'online', call, close: () => undefined };
}

/** @param of.calledAs name of the party, that of its group unless said otherwise. */
export function openLocalParty(
  group: (typeof partyNames)[number],
  clock: { ahead: number },
  of: { folder: string; kek: Uint8Array; calledAs?: string },
): LocalParty {
  const name = of.calledAs ?? group;
  const party = createParty({
    config: {
      name,
      group,
      mode: 'sandbox',
      dataFolder: of.folder,
      rpc: { kind: 'unix', path: join(of.folder, 'rpc.sock') },
      origin: { origin: `http://${name}.localhost`, host: '127.0.0.1', port: 0, tls: null },
      peerInterval: 1000,
      kek: { kind: 'file', path: join(of.folder, 'kek') },
    },
    kek: keyEncryptionKey(of.kek.slice()),
    log: () => undefined,
    now: () => new Date(Date.now() + clock.ahead),
  });
  // There is no network here by which another party could say it.
  party.peers.heard = true;
  return { party, client: clientOf(party), folder: of.folder };
}

/** Three parties that have pinned the genesis of one organisation. */
export function openLocalCustody(
  kekFor: (name: string) => Uint8Array = () => new Uint8Array(randomBytes(32)),
  calledAs: (group: string) => string = (group) => group,
  rules: Partial<Policy> = {},
): LocalCustody {
  const clock = { ahead: 0 };
  const parties = partyNames.map((name) =>
    openLocalParty(name, clock, {
      folder: mkdtempSync(join(tmpdir(), `cs-${name}-`)),
      kek: kekFor(name),
      calledAs: calledAs(name),
    }),
  );
  const entries = parties.map(({ party }, place): RosterParty => {
    const { identityKey, exchangeKey } = party.identity;
    return {
      name: party.config.name,
      group: party.config.group,
      index: place + 1,
      identityKey,
      exchangeKey,
      origin: party.config.origin.origin,
    };
  });
  const organisation = foundOrganisation(entries, rules);
  for (const { party } of parties) {
    const offered = offerGenesis(party, { bundle: organisation.genesis });
    if (!offered.ok) throw new Error(offered.refusal);
    const pinned = pinGenesis(party, offered.value.genesisDigest);
    if (!pinned.ok) throw new Error(pinned.refusal);
  }
  return {
    parties: parties as LocalCustody['parties'],
    organisation,
    clock,
    remove: () => removeParties(parties),
  };
}

/** Closes what is open of them and removes their folders. */
export function removeParties(parties: readonly LocalParty[]): void {
  for (const { party, folder } of parties) {
    party.database.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Makes a key and lists a destination at every party. */
export async function openLocalVault(custody: LocalCustody): Promise<Vault> {
  const { parties, organisation } = custody;
  const clients = parties.map(({ client }) => client);
  const { publicKey } = must(
    await runKeyCeremony(
      clients,
      organisation.bundle(
        keyCeremonyIntent(
          'key-warm-1',
          'warm-1',
          clients.map(({ name }) => name),
        ),
      ),
    ),
  );
  const destination = { id: 'acme-treasury', address: randomAddress() };
  const listing = organisation.bundle(listingIntent(destination));
  for (const client of clients) must(await adopt(client, listing));
  const address = addressOf(new Uint8Array(Buffer.from(publicKey, 'hex')));
  return { publicKey, address, destination };
}
