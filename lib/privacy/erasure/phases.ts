/** How an erasure is carried out: its steps in their order, and what each says to people. Pure. */

export const erasureStates = {
  due: 'Waits, and looks through the texts of others',
  swept: 'Blacks out texts, then takes out values',
  removed: 'Values are out; looks whether one stands anywhere still',
  looked: 'Destroys the key',
  shredded: 'Key destroyed; proves it',
  proved: 'Done and proved',
  left: 'Left as it was',
} as const;
export type ErasureState = keyof typeof erasureStates;

/** The states that have work left. */
export const openErasures: readonly ErasureState[] = [
  'due',
  'swept',
  'removed',
  'looked',
  'shredded',
];

/** The steps as they are shown, each with the state that it leads to. */
export const erasureSteps = [
  { to: 'swept', name: 'Texts of others looked through' },
  { to: 'removed', name: 'Texts blacked out, values and search hashes taken out' },
  { to: 'looked', name: 'Looked for what is left' },
  { to: 'shredded', name: 'Key destroyed in every place' },
  { to: 'proved', name: 'Proved' },
] as const satisfies readonly { to: ErasureState; name: string }[];

export type FoundPlace = { where: string; count: number };

/** What went, as counts. */
export type Gone = {
  values: number;
  hashes: number;
  texts: number;
  keptTexts: number;
  /** Rows that could not be read while it was looked for what goes, by table. Left out where there were none. */
  unopened?: FoundPlace[];
  /** Texts on record as naming the person, in files that could not be cleared, by table. Erasures of before lack it. */
  uncleared?: FoundPlace[];
};

export type KeptPlace = FoundPlace & {
  /** Of the GDPR. */
  article: string;
  why: string;
};

/** What showed that it is gone. Counts, digests and names of places; nothing of a value. */
export type ErasureProof = {
  /** Values as they were sealed before, of which none opens with the keys that there are. */
  unreadable: number;
  /** SHA-256 of them. */
  witness: string;
  /**
   * Places in which one of the values still stood after they were taken out, by table and column, and no law known here
   * keeps them there; and texts that name the person, where their file could not be cleared.
   */
  found: FoundPlace[];
  /** Places in which they stay, each with the article. Proofs of before this was told apart lack it. */
  kept?: KeptPlace[];
  /**
   * What could not be read, and so was not looked through, by table: rows that were made up or damaged. Nothing is said of
   * them by `found`. Proofs of before lack it.
   */
  unopened?: FoundPlace[];
  /** What became of the person's own requests, as counts. Proofs of before lack it. */
  requests?: { cleared: number; texts: number; files: number };
  tables: number;
  rows: number;
  /** Sealed texts that were opened and looked through: of other rooms, and of requests with the files that were sent. */
  sealed: number;
  /** Tables that the worker may not read; `npm run privacy:scan` reads them. */
  unread: string[];
  /** The books, added up anew after it. */
  journals: number;
  accounts: number;
};
/** What the look before the destruction found; the proof takes it over. */
export type Looked = Pick<
  ErasureProof,
  'found' | 'kept' | 'unopened' | 'requests' | 'tables' | 'rows' | 'sealed' | 'unread'
>;
