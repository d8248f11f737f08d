/**
 * Takes over what other parties adopted, each verified here like anything from outside. A refusal
 * is nobody's fault: what is missing may still come, so it is tried again when something changed.
 */
import { z } from 'zod';
import { adopt } from './adopt.ts';
import type { Entry } from './inbox.ts';
import type { Party } from './party.ts';
import { decreedAt, lastDecree } from './store/decrees.ts';
import { wasRefused } from './store/noes.ts';
import { takeNo } from './take-no.ts';

/** Tried again after so long even where nothing changed: clocks and waits go on. In milliseconds. */
const RETRY = 30_000;
/** How long changes wait for an earlier one that lacks a second party's word, in milliseconds. */
const IN_ORDER = 10_000;
/** Two parties' word is what an aged statement needs; see `adopt.ts`. */
const WORDS_NEEDED = 2;

const looseBundle = z.strictObject({
  intent: z.unknown(),
  statements: z.unknown(),
  facts: z.unknown().optional(),
});

function isKnown({ database }: Party, entry: Entry): boolean {
  const { kind, operation, intentDigest, attempt } = entry;
  return kind === 'no'
    ? wasRefused(database, operation, intentDigest) >= attempt
    : decreedAt(database, kind, operation, intentDigest) !== null;
}

function tryToTake(party: Party, entry: Entry): { ok: boolean } {
  if (entry.kind === 'no') return takeNo(party, entry.document);
  const bundle = looseBundle.safeParse(entry.document);
  if (!bundle.success) return { ok: false };
  return adopt(party, { bundle: bundle.data, receipts: [...entry.receipts.values()] });
}

/** Whoever stops something is heard in any order; the rest builds on what came before. */
const isInOrder = ({ kind }: Entry): boolean =>
  !['no', 'freeze', 'revocation', 'destination-removal'].includes(kind);

/** How often one is tried because something else was taken over. */
const TRIES_MAX = 5;

function isDue({ tried, receipts }: Entry, newest: number, now: number): boolean {
  if (!tried || tried.words !== receipts.size || now - tried.at >= RETRY) return true;
  return tried.newest !== newest && tried.times < TRIES_MAX;
}

/** One pass, oldest first. @returns whether anything was taken over. */
function pass(party: Party): boolean {
  const { inbox } = party.peers;
  // By who brought it: one peer's decree that lacks a word holds back what only that peer brought.
  const heldBack = new Set<string>();
  let hasTaken = false;
  for (const [id, entry] of inbox) {
    const { bringers, receipts, tried, since } = entry;
    const now = party.now().getTime();
    const newest = lastDecree(party.database);
    const mustWait = isInOrder(entry) && [...bringers].every((name) => heldBack.has(name));
    if (isKnown(party, entry)) inbox.delete(id);
    else if (!mustWait && isDue(entry, newest, now)) {
      if (tryToTake(party, entry).ok) {
        inbox.delete(id);
        hasTaken = true;
      } else
        entry.tried = { times: (tried?.times ?? 0) + 1, at: now, words: receipts.size, newest };
    }
    const lacksWord = isInOrder(entry) && receipts.size < WORDS_NEEDED && now - since < IN_ORDER;
    if (inbox.has(id) && lacksWord) for (const name of bringers) heldBack.add(name);
  }
  return hasTaken;
}

/** What came out of order is made good in the next pass, or the next round. */
const PASSES_MAX = 3;

/** Takes over what can be, in the order in which it came. */
export function takeDecrees(party: Party): void {
  for (let passes = 0; passes < PASSES_MAX; passes += 1) if (!pass(party)) return;
}
