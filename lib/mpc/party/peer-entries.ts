/** The other parties that can be talked to, as the roster in force names them. */
import type { Party } from './party.ts';

export type Peer = {
  name: string;
  /** Its identity key, hex. */
  key: string;
  origin: string;
};

/** Everybody else with a network; none before a genesis is pinned. */
export function peersInForce({ trust, config }: Party): Peer[] {
  return (trust?.roster.parties ?? []).flatMap(({ name, identityKey, origin, cold }) =>
    name === config.name || origin === undefined || cold === true
      ? []
      : [{ name, key: identityKey, origin }],
  );
}

export const findPeer = (party: Party, name: string): Peer | null =>
  peersInForce(party).find((peer) => peer.name === name) ?? null;
