/** Opens a party's data folder, and does so only as this party left it. */
import { isColdIn } from '#lib/protocol/roster.ts';
import type { PartyConfig } from './config.ts';
import type { Log } from './log.ts';
import { checkMarks } from './marks.ts';
import { findShare, keysOf, note, type Party } from './party.ts';
import { newPeerState } from './peers.ts';
import { newWindow } from './refusal-window.ts';
import type { KeyEncryptionKey } from './seal.ts';
import { openDatabase, StoreError, type Database } from './store/database.ts';
import { loadOrMakeIdentity } from './store/identity.ts';
import { checkRecords } from './store/keys.ts';
import { loadTrust } from './store/trust.ts';

type Opening = { config: PartyConfig; kek: KeyEncryptionKey; log: Log; now: () => Date };

/**
 * Opens the stores and checks them.
 * @throws StoreError or SealError when they are not as this party left them.
 */
export function createParty(of: Opening): Party {
  const database = openDatabase(of.config.dataFolder);
  try {
    return checkedParty(of, database);
  } catch (error) {
    database.close();
    throw error;
  }
}

function checkedParty(of: Opening, database: Database): Party {
  const party: Party = {
    ...of,
    database,
    identity: loadOrMakeIdentity(database, of.kek, of.config.name),
    trust: loadTrust(database, of.kek),
    ceremonies: new Map(),
    refreshes: new Map(),
    repairs: new Map(),
    backups: new Map(),
    sessions: new Map(),
    register: null,
    shares: new Map(),
    pairs: new Map(),
    pairSetUps: new Map(),
    refusals: newWindow(),
    peers: newPeerState(),
    onNews: () => undefined,
  };
  checkEnvironment(party);
  checkColdness(party);
  checkRecords(database, of.kek, of.config.name);
  checkMarks(party);
  openShares(party);
  return party;
}

/**
 * A share that doesn't open is lost, and can be repaired: the party starts without it, says so in its
 * record and its status, and takes no part where that share would be needed.
 */
function openShares(party: Party): void {
  for (const record of keysOf(party)) {
    if (record.state !== 'usable' || findShare(party, record)) continue;
    const { key, epoch, operation, intentDigest: digest } = record;
    note(party, { event: 'share-lost', operation, digest });
    party.log('share-lost', { key, epoch });
  }
}

/** A party pinned for the sandbox takes keys and origins that production refuses. */
function checkEnvironment({ trust, config }: Party): void {
  if (trust && trust.roster.environment !== config.mode)
    throw new StoreError(
      `The genesis pinned in this data folder is one of ${trust.roster.environment}, and the party was started for ${config.mode}. Start it in its own mode, or set up a new party in an empty folder.`,
    );
}

/** A cold party must not come to a network, and one that others wait for must not be cold. */
function checkColdness({ trust, config }: Party): void {
  if (!trust) return;
  const isCold = isColdIn(trust.roster, config.name);
  if (isCold === (config.cold === true)) return;
  throw new StoreError(
    isCold
      ? 'The roster lists this party as a cold one. Open it by hand with npm run cold, on a machine without a network.'
      : 'The roster lists this party as one with a network. Start it as such a party.',
  );
}
