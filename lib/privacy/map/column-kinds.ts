/** What a column of the database may say of a person. Pure. */

export const columnKinds = {
  person: { name: 'Id of a person in the vault', isPersonal: true },
  client: {
    name: 'Number of a client, who may be a person or be tied to people',
    isPersonal: true,
  },
  operator: { name: 'Id of somebody who works with the console', isPersonal: true },
  subject: {
    name: 'What the row is about, by an id, which may be a client’s or an operator’s',
    isPersonal: true,
  },
  sealed: {
    name: 'Sealed; whoever has the database alone can’t read it',
    isPersonal: true,
  },
  hash: {
    name: 'Keyed hash or salted commitment, which says nothing once key or salt are gone',
    isPersonal: true,
  },
  device: { name: 'Security key or session of somebody', isPersonal: true },
  signed: {
    name: 'What somebody signed or a party confirmed: ids, codes and amounts',
    isPersonal: true,
  },
  address: {
    name: 'Address or transaction on a chain, or number of an account',
    isPersonal: true,
  },
  amount: { name: 'What somebody has, moved or lost', isPersonal: true },
  codes: { name: 'Codes, ids, instants and digests', isPersonal: true },
  label: {
    name: 'Name that people give a thing; it must name nobody',
    isPersonal: false,
  },
  words: { name: 'Words of the program itself, or published ones', isPersonal: false },
  none: { name: 'Says nothing of anybody', isPersonal: false },
} as const;
export type ColumnKind = keyof typeof columnKinds;

/** What a table is for, and its columns by kind, separated by spaces; no column stands twice. */
export type TableMap = Readonly<
  Record<string, { what: string } & Readonly<Partial<Record<ColumnKind, string>>>>
>;
