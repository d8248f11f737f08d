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

/** What went, as counts. */
export type Gone = { values: number; hashes: number; texts: number; keptTexts: number };

/** What showed that it is gone. Counts, digests and names of places; nothing of a value. */
export type ErasureProof = {
  /** Values as they were sealed before, of which none opens with the keys that there are. */
  unreadable: number;
  /** SHA-256 of them. */
  witness: string;
  /** Places in which one of the values still stood after they were taken out, by table and column. */
  found: { where: string; count: number }[];
  tables: number;
  rows: number;
  /** Sealed texts of other rooms that were opened and looked through. */
  sealed: number;
  /** Tables that the worker may not read; `npm run privacy:scan` reads them. */
  unread: string[];
  /** The books, added up anew after it. */
  journals: number;
  accounts: number;
};
/** What the look before the destruction found; the proof takes it over. */
export type Looked = Pick<ErasureProof, 'found' | 'tables' | 'rows' | 'sealed' | 'unread'>;
