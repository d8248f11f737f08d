/**
 * Local parties that made a key already. Its ceremony, which costs more than most tests of what comes after it, is
 * held once per file of tests and set of rules; each test gets copies of the stores that it left, opened anew.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Policy } from '#lib/protocol/policy.ts';
import { partyNames, type Vault } from './custody.ts';
import {
  openLocalCustody,
  openLocalParty,
  removeParties,
  type LocalCustody,
} from './in-process.ts';
import { solanaKey, type KeyKind, type Organisation } from './organisation.ts';
import { openVaultOf } from './withdraw.ts';

type PartyName = (typeof partyNames)[number];
type Files = ReadonlyMap<string, Uint8Array>;

/** What a party that was closed in order left on the disk, and the key that opens it. */
type Stored = { name: PartyName; kek: Uint8Array; files: Files };

type Model = {
  organisation: Organisation;
  vault: Vault;
  stores: readonly [Stored, Stored, Stored];
};

const models = new Map<string, Promise<Model>>();

const filesIn = (folder: string): Files =>
  new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))]));

async function makeModel(rules: Partial<Policy>, kind: KeyKind): Promise<Model> {
  const keks = new Map(partyNames.map((name) => [name as string, randomBytes(32)]));
  const kekOf = (name: string): Uint8Array => new Uint8Array(keks.get(name) ?? []);
  const custody = openLocalCustody(kekOf, undefined, rules);
  try {
    const clients = custody.parties.map(({ client }) => client);
    const vault = await openVaultOf(kind, custody, clients);
    const store = (place: 0 | 1 | 2): Stored => {
      const { party, folder } = custody.parties[place];
      party.database.close();
      return { name: partyNames[place], kek: kekOf(partyNames[place]), files: filesIn(folder) };
    };
    const stores = [store(0), store(1), store(2)] as const;
    return { organisation: custody.organisation, vault, stores };
  } finally {
    custody.remove();
  }
}

function modelOf(rules: Partial<Policy>, kind: KeyKind): Promise<Model> {
  const name = JSON.stringify([rules, kind]);
  const made = models.get(name) ?? makeModel(rules, kind);
  models.set(name, made);
  return made;
}

export type VaultedCustody = {
  custody: LocalCustody;
  vault: Vault;
  /** The key over a party's store, to open it or a copy of it again. */
  readonly kekOf: (name: string) => Uint8Array;
};

/**
 * Three parties that have pinned one genesis, hold a key and list a destination. Every call gives stores of its own;
 * people, their keys and the vault's key are the same in all calls with the same rules.
 * @param rules what the first policy says otherwise than usual.
 */
export async function openVaultedCustody(
  rules: Partial<Policy> = {},
  kind: KeyKind = solanaKey,
): Promise<VaultedCustody> {
  const { organisation, vault, stores } = await modelOf(rules, kind);
  const clock = { ahead: 0 };
  const open = ({ name, kek, files }: Stored) => {
    const folder = mkdtempSync(join(tmpdir(), `cs-${name}-`));
    for (const [file, bytes] of files) writeFileSync(join(folder, file), bytes, { mode: 0o600 });
    return openLocalParty(name, clock, { folder, kek });
  };
  const [control, custody, recovery] = stores;
  const parties: LocalCustody['parties'] = [open(control), open(custody), open(recovery)];
  return {
    custody: {
      parties,
      organisation: { ...organisation },
      clock,
      remove: () => removeParties(parties),
    },
    vault: { ...vault, destination: { ...vault.destination } },
    kekOf: (name) => {
      const stored = stores.find((store) => store.name === name);
      if (!stored) throw new Error('There is no such party.');
      return stored.kek.slice();
    },
  };
}
