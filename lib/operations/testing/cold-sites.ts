/** Cold parties of a test's console: their sites, and the people who go there. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ask,
  bring,
  openDesk,
  press,
  proceed,
  type ColdDesk,
  type Leaving,
} from '#lib/mpc/party/cold-desk.ts';
import type { PartyConfig } from '#lib/mpc/party/config.ts';
import { offerGenesis, pinGenesis } from '#lib/mpc/party/genesis.ts';
import { createParty } from '#lib/mpc/party/open-party.ts';
import type { Party } from '#lib/mpc/party/party.ts';
import { prepareColdParty } from '#lib/mpc/party/prepare-cold.ts';
import { keyEncryptionKey } from '#lib/mpc/party/seal.ts';
import type { Database } from '#lib/platform/db/client.ts';
import type { Group, RosterParty } from '#lib/protocol/roster.ts';
import { loadGenesisBundle } from '../genesis/genesis-bundle.ts';
import type { Founder } from './after-genesis.ts';

export type ColdSite = {
  name: string;
  entry: RosterParty;
  party: Party;
  desk: ColdDesk;
  /** Ends its process and starts it again: what it had in memory is gone. */
  reopen(): void;
  close(): void;
};

export const siteOrigin = 'http://localhost:3111';

/** A new cold party with a folder of its own, before its genesis. */
export function openColdSite(
  name: string,
  group: Group,
  index: number,
  clock: { readonly ahead: number },
): ColdSite {
  const dataFolder = mkdtempSync(join(tmpdir(), `cs-${name}-`));
  const config: PartyConfig = {
    name,
    group,
    mode: 'sandbox',
    dataFolder,
    rpc: { kind: 'unix', path: join(dataFolder, 'rpc.sock') },
    origin: { origin: siteOrigin, host: '127.0.0.1', port: 3111, tls: null },
    peerInterval: 1000,
    kek: { kind: 'file', path: join(dataFolder, 'kek') },
    cold: true,
  };
  const root = new Uint8Array(randomBytes(32));
  const kek = () => keyEncryptionKey(root.slice());
  const entry = prepareColdParty({ config, kek: kek(), index });
  const open = (): Pick<ColdSite, 'party' | 'desk'> => {
    const now = () => new Date(Date.now() + clock.ahead);
    const party = createParty({ config, kek: kek(), log: () => undefined, now });
    return { party, desk: openDesk(party) };
  };
  const site: ColdSite = {
    name,
    entry,
    ...open(),
    reopen: () => {
      site.party.database.close();
      Object.assign(site, open());
    },
    close: () => {
      site.party.database.close();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
  return site;
}

/** Carries the signed genesis to a cold party and pins it there. */
export async function pinAtSite({ party }: ColdSite, owner: Database): Promise<void> {
  const bundle = await loadGenesisBundle(await owner.genesis.findFirstOrThrow(), owner);
  const offered = offerGenesis(party, { bundle });
  if (!offered.ok) throw new Error(offered.refusal);
  const pinned = pinGenesis(party, offered.value.genesisDigest);
  if (!pinned.ok) throw new Error(pinned.refusal);
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** People read a document of a ceremony, let its steps be taken, and bring the answer back. */
export function takeSteps({ desk }: ColdSite, text: string): Leaving {
  const brought = bring(desk, bytesOf(text));
  if (brought.state === 'answered' || brought.state === 'refused') return brought.leaving;
  if (brought.state === 'unreadable') throw new Error(brought.refusal);
  const left = proceed(desk);
  if (!left.ok) throw new Error(left.refusal);
  return left.value;
}

/** Somebody reads a request, presses their key, and brings the answer or the refusal back. */
export function signAtSite({ desk }: ColdSite, text: string, { key, actor }: Founder): Leaving {
  const brought = bring(desk, bytesOf(text));
  if (brought.state === 'answered' || brought.state === 'refused') return brought.leaving;
  if (brought.state === 'unreadable') throw new Error(brought.refusal);
  const question = ask(desk, actor.personId);
  if (!question) throw new Error(`${actor.personId} is not asked.`);
  const { challenge, confirm } = question;
  const assertion = key.assert({ challenge, origin: siteOrigin });
  const pressed = press(desk, { nonce: confirm.nonce, assertion });
  if (!pressed.ok) throw new Error(pressed.refusal);
  return pressed.value;
}
