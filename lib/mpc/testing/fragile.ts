/** Local parties that can be killed at any moment: memory is gone, files stay. */
import type { PartyClient } from '../client/party-client.ts';
import { partyNames, type Vault } from './custody.ts';
import { openLocalParty, type LocalCustody, type LocalParty } from './in-process.ts';
import { solanaKey, type KeyKind } from './organisation.ts';
import { openVaultedCustody } from './vaulted.ts';
import { everyCap } from './withdraw.ts';

export type Place = 0 | 1 | 2;
export const places: readonly Place[] = [0, 1, 2];

export type FragileCustody = {
  readonly custody: LocalCustody;
  /** One for each party; a killed party can't be reached. */
  readonly clients: readonly [PartyClient, PartyClient, PartyClient];
  /** The party as it is now. */
  at(place: Place): LocalParty;
  kill(place: Place): void;
  start(place: Place): void;
  restart(place: Place): void;
};

/** With a vault whose key was made before. */
export async function openFragileVault(
  kind: KeyKind = solanaKey,
): Promise<{ fragile: FragileCustody; vault: Vault }> {
  const rules = kind === solanaKey ? {} : everyCap;
  const { custody, vault, kekOf } = await openVaultedCustody(rules, kind);
  return { fragile: fragileCustody(custody, kekOf), vault };
}

function fragileCustody(
  custody: LocalCustody,
  kekOf: (name: string) => Uint8Array,
): FragileCustody {
  const dead = new Set<Place>();
  const clientAt = (place: Place): PartyClient => {
    const { name, origin, expected } = custody.parties[place].client;
    return {
      name,
      origin,
      expected,
      close: () => undefined,
      call: async (method, request) =>
        dead.has(place)
          ? { ok: false, refusal: 'party-unreachable', party: name, culprit: null }
          : custody.parties[place].client.call(method, request),
    };
  };
  const kill = (place: Place): void => {
    custody.parties[place].party.database.close();
    dead.add(place);
  };
  const start = (place: Place): void => {
    const { folder } = custody.parties[place];
    const name = partyNames[place];
    custody.parties[place] = openLocalParty(name, custody.clock, { folder, kek: kekOf(name) });
    dead.delete(place);
  };
  return {
    custody,
    clients: [clientAt(0), clientAt(1), clientAt(2)],
    at: (place) => custody.parties[place],
    kill,
    start,
    restart: (place) => {
      kill(place);
      start(place);
    },
  };
}
