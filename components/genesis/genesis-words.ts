/** Where genesis stands, in words. Pure. */
import type { GenesisPartyState, GenesisView } from '#lib/operations/genesis/view-genesis.ts';
import type { StatusShape } from '../ui/status-mark.tsx';
import type { Tone } from '../ui/tone.ts';

export const signedCount = ({ people }: GenesisView): number =>
  people.filter(({ signature }) => signature !== null).length;

/** One sentence for the head of the page. */
export function genesisState(genesis: GenesisView): string {
  const { state, people, parties } = genesis;
  switch (state) {
    case 'none':
      return genesis.drawUp.allowed
        ? 'The founders have registered. Next, one of them draws up the document that all sign.'
        : `${people.length} ${people.length === 1 ? 'founder has' : 'founders have'} registered so far; there is no document yet.`;
    case 'collecting':
      return `${signedCount(genesis)} of ${people.length} founders have signed. It is complete when all have.`;
    case 'signed': {
      // A cold party pins on its own, and nobody here waits for it.
      const awaited = parties.filter((party) => party.state !== 'cold');
      const pinned = awaited.filter((party) => party.state === 'pinned').length;
      return `Every founder has signed. ${pinned} of ${awaited.length} parties have pinned it; the rest wait for people at their own addresses.`;
    }
    case 'pinned':
      return parties.some((party) => party.state === 'cold')
        ? 'Every founder has signed and every party with a network has pinned it. Everything after rests on this document.'
        : 'Every founder has signed and every party has pinned it. Everything after rests on this document.';
  }
}

/** Where a new document is drawn up, or why the person who looks cannot do it now. */
export const redrawText = (drawUp: GenesisView['drawUp']): string =>
  drawUp.allowed ? 'Draw it up again, at the foot of this page.' : drawUp.sentence;

type PartyWords = { shape: StatusShape; tone: Tone; words: string };

const partyStates: Readonly<Record<GenesisPartyState, PartyWords>> = {
  pinned: { shape: 'dot', tone: 'good', words: 'Has pinned this document' },
  offered: { shape: 'ring', tone: 'caution', words: 'Waits to be pinned at its address' },
  waits: { shape: 'ring', tone: 'quiet', words: 'Running, nothing on offer yet' },
  differs: { shape: 'triangle', tone: 'danger', words: 'Differs: do not sign or pin' },
  away: { shape: 'triangle', tone: 'caution', words: 'Does not answer' },
  cold: { shape: 'square', tone: 'quiet', words: 'No network: look at its own screen' },
  'away-as-meant': { shape: 'square', tone: 'quiet', words: 'Off, as meant' },
};

export const partyWords = (state: GenesisPartyState): PartyWords => partyStates[state];
