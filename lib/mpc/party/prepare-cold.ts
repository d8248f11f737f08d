/** A cold party's folder before its first use: identity keys, set-up code, and its roster entry. */
import { chmodSync, mkdirSync } from 'node:fs';
import type { RosterParty } from '#lib/protocol/roster.ts';
import type { PartyConfig } from './config.ts';
import type { Log } from './log.ts';
import { createParty } from './open-party.ts';
import type { KeyEncryptionKey } from './seal.ts';
import { loadOrMakeSetupCode } from './setup-code.ts';

/**
 * Makes the folder, or reads one that was made before, and leaves it closed. The founders sign the
 * entry with their first roster; the party believes nothing until its genesis is pinned.
 * @param of.index the party's number in the threshold protocols.
 * @returns the entry, which has no origin: nobody reaches a cold party over a network.
 */
export function prepareColdParty(of: {
  config: PartyConfig;
  kek: KeyEncryptionKey;
  index: number;
  log?: Log;
}): RosterParty {
  const config: PartyConfig = { ...of.config, cold: true };
  const { name, group, dataFolder } = config;
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  chmodSync(dataFolder, 0o700);
  const party = createParty({
    config,
    kek: of.kek,
    log: of.log ?? (() => undefined),
    now: () => new Date(),
  });
  try {
    if (!party.trust) loadOrMakeSetupCode(dataFolder);
    const { identityKey, exchangeKey } = party.identity;
    return { name, group, index: of.index, identityKey, exchangeKey, cold: true };
  } finally {
    party.database.close();
  }
}
