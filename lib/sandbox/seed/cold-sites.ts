/**
 * The cold parties of the sample organisation, inside the program that makes it: it stands in for the
 * people who carry documents between the console and the sites.
 */
import { rmSync } from 'node:fs';
import { bring, openDesk, proceed } from '#lib/mpc/party/cold-desk.ts';
import { closeParty } from '#lib/mpc/party/close-party.ts';
import { readPartyConfig } from '#lib/mpc/party/config.ts';
import { offerGenesis, pinGenesis } from '#lib/mpc/party/genesis.ts';
import { loadKek } from '#lib/mpc/party/kek-source.ts';
import { createParty } from '#lib/mpc/party/open-party.ts';
import type { Party } from '#lib/mpc/party/party.ts';
import { prepareColdParty } from '#lib/mpc/party/prepare-cold.ts';
import { keyEncryptionKey, type KeyEncryptionKey } from '#lib/mpc/party/seal.ts';
import { setupCodePath } from '#lib/mpc/party/setup-code.ts';
import { loadGenesisBundle } from '#lib/operations/genesis/genesis-bundle.ts';
import type { RosterParty } from '#lib/protocol/roster.ts';
import { coldPageOrigin, sandboxColdParties } from '../cold-parties.ts';
import type { SeedContext } from './seed-context.ts';

export type SeedSite = {
  name: string;
  entry: RosterParty;
  /** Pins the genesis that the founders signed; nothing where it is pinned already. */
  pin(digest: string): Promise<void>;
  /** Reads a document, takes its steps, and gives the answer. */
  answer(text: string): string;
  close(): void;
};

export type SiteFolder = (party: string) => string;

/** Opens every cold party, each with a key file in its folder as the sandbox's other parties have. */
export async function openSites(
  folderOf: SiteFolder,
  first: number,
  context: SeedContext,
): Promise<SeedSite[]> {
  const sites: SeedSite[] = [];
  for (const [place, { name, group }] of sandboxColdParties.entries()) {
    const config = {
      ...readPartyConfig({
        NODE_ENV: 'production',
        COUNTERSIGN_MODE: 'sandbox',
        COUNTERSIGN_PARTY_NAME: name,
        COUNTERSIGN_PARTY_GROUP: group,
        COUNTERSIGN_PARTY_DATA: folderOf(name),
        COUNTERSIGN_PARTY_ORIGIN: coldPageOrigin,
      }),
      cold: true as const,
    };
    const kek = async (): Promise<KeyEncryptionKey> =>
      keyEncryptionKey(
        await loadKek({
          source: config.kek,
          dataFolder: config.dataFolder,
          environment: {} as NodeJS.ProcessEnv,
          readPassphrase: () => Promise.reject(new Error('The sandbox has key files.')),
        }),
      );
    const entry = prepareColdParty({ config, kek: await kek(), index: first + place });
    const party = createParty({
      config,
      kek: await kek(),
      log: () => undefined,
      now: context.clock,
    });
    sites.push(siteOf(party, entry, context));
  }
  return sites;
}

function siteOf(party: Party, entry: RosterParty, context: SeedContext): SeedSite {
  const { name, dataFolder } = party.config;
  const desk = openDesk(party);
  return {
    name,
    entry,
    pin: async (digest) => {
      if (party.trust) return;
      const offered = offerGenesis(party, { bundle: await signedGenesis(digest, context) });
      const pinned = offered.ok ? pinGenesis(party, digest) : offered;
      if (!pinned.ok) throw new Error(`Party ${name} did not pin genesis: ${pinned.refusal}.`);
      rmSync(setupCodePath(dataFolder), { force: true });
    },
    answer: (text) => {
      const brought = bring(desk, new TextEncoder().encode(text));
      if (brought.state === 'answered' || brought.state === 'refused') return brought.leaving.text;
      const left = brought.state === 'unreadable' ? brought : proceed(desk);
      if ('value' in left) return left.value.text;
      throw new Error(`Party ${name} took no step: ${left.refusal}.`);
    },
    close: () => closeParty(party),
  };
}

async function signedGenesis(digest: string, { db }: SeedContext) {
  return loadGenesisBundle(await db.genesis.findUniqueOrThrow({ where: { digest } }), db);
}
