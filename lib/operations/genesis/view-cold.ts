/** Cold parties on the page of genesis: who is asked, who answered, and what still has to be carried. */
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { partyWords } from '#lib/protocol/fingerprints.ts';
import type { GenesisDocument } from '#lib/protocol/genesis.ts';
import { travelWords } from '#lib/protocol/travel/travel-document.ts';
import type { ActionView } from '../view-operation.ts';
import { coldEntries, type ColdPartyRow } from './cold-parties.ts';

export type ColdGenesisParty = {
  leg: string;
  name: string;
  /** What it said of itself; null while its answer is awaited. */
  answer: { group: string; words: string[]; identityKey: string } | null;
  /** The document to carry there: it asks who the party is. Null once that is known. */
  request: ColdDocument | null;
};

export type ColdDocument = {
  text: string;
  fileName: string;
  digest: string;
  words: string[];
  expiresAt: string;
  isExpired: boolean;
};

export type ColdGenesis = {
  /** Those that founders want in the document that is drawn up next. */
  parties: ColdGenesisParty[];
  /** Names that the document lacks or has otherwise, and names that it has and founders left out. */
  differing: string[];
  /** Those in the signed document: each has to be given it once. */
  toCarry: { name: string; group: string }[];
  mayChange: ActionView;
};

function viewParty(row: ColdPartyRow, now: Date): ColdGenesisParty {
  const { leg, name, digest, fileName, expiresAt } = row;
  const known = coldEntries([row], 1);
  const [entry] = known.ok ? known.value : [];
  return {
    leg,
    name,
    answer: entry
      ? { group: entry.group, words: partyWords(entry), identityKey: entry.identityKey }
      : null,
    request: entry
      ? null
      : {
          text: row.document,
          fileName,
          digest,
          words: travelWords(digest),
          expiresAt: expiresAt.toISOString(),
          isExpired: expiresAt <= now,
        },
  };
}

const coldIn = (document: GenesisDocument | null) =>
  document?.roster.parties.filter(({ cold }) => cold === true) ?? [];

function differingNames(rows: readonly ColdPartyRow[], document: GenesisDocument): string[] {
  const inDocument = coldIn(document);
  const names = new Set([...rows, ...inDocument].map(({ name }) => name));
  return [...names].filter((name) => {
    const row = rows.find((one) => one.name === name);
    const entry = inDocument.find((one) => one.name === name);
    return (
      row?.identityKey !== entry?.identityKey ||
      row?.exchangeKey !== entry?.exchangeKey ||
      row?.group !== entry?.group
    );
  });
}

export function viewCold(
  actor: Actor,
  of: { rows: readonly ColdPartyRow[]; document: GenesisDocument | null; state: string },
  context: Context,
): ColdGenesis {
  const { rows, document, state } = of;
  const now = context.clock();
  const isOpen = state === 'none' || state === 'collecting';
  return {
    parties: isOpen ? rows.map((row) => viewParty(row, now)) : [],
    toCarry: isOpen ? [] : coldIn(document).map(({ name, group }) => ({ name, group })),
    differing: isOpen && document ? differingNames(rows, document) : [],
    mayChange: !isOpen
      ? { allowed: false, sentence: 'The document is signed, so its parties stay as they are.' }
      : actor.scopes.has('roster:raise')
        ? { allowed: true }
        : { allowed: false, sentence: 'An officer or an administrator adds cold parties.' },
  };
}
