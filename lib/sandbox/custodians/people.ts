/** The sample custodians: three people for each party of the sample organisation, nobody twice. */
import type { Colleague } from '../colleagues/people.ts';

export type SampleGroup = {
  /** The party whose shares the group keeps. */
  party: string;
  people: readonly Colleague[];
};

/** They read, as an auditor does, and keep a part; no statement of theirs moves anything. */
const custodian = (handle: string, displayName: string): Colleague => ({
  handle,
  displayName,
  roles: ['auditor'],
  group: null,
});

export const sampleGroups: readonly SampleGroup[] = [
  {
    party: 'control',
    people: [
      custodian('alma', 'Alma Berger'),
      custodian('bruno', 'Bruno Keller'),
      custodian('clara', 'Clara Vogel'),
    ],
  },
  {
    party: 'custody',
    people: [
      custodian('david', 'David Janssen'),
      custodian('emma', 'Emma Laurent'),
      custodian('felix', 'Felix Brandt'),
    ],
  },
  {
    party: 'recovery',
    people: [
      custodian('greta', 'Greta Olsen'),
      custodian('hugo', 'Hugo Silva'),
      custodian('iris', 'Iris Conti'),
    ],
  },
  {
    party: 'cold-a',
    people: [
      custodian('jana', 'Jana Dvorak'),
      custodian('karl', 'Karl Weiss'),
      custodian('laura', 'Laura Bianchi'),
    ],
  },
  {
    party: 'cold-b',
    people: [
      custodian('milan', 'Milan Horvat'),
      custodian('nora', 'Nora Lund'),
      custodian('otto', 'Otto Maier'),
    ],
  },
];

/** Parts that open a share, of the three that a group has. */
export const partsNeeded = 2;

export const sampleCustodians: readonly Colleague[] = sampleGroups.flatMap(({ people }) => people);
