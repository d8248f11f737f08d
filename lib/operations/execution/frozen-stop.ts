import type { Database } from '#lib/platform/db/client.ts';
import type { MovingIntent } from '#lib/protocol/intent.ts';
import { findFrozen, findFrozenMove } from '#lib/protocol/match-book.ts';
import type { PartyRefusal } from '#lib/protocol/refusals.ts';
import type { Stop } from '../change-state.ts';
import { standingFreezes, type StandingFreeze } from '../facts/standing-freezes.ts';
import { frozenSentence } from '../frozen-words.ts';
import { loadTrust } from '../trust.ts';

/**
 * Why nothing of what a vault's key would sign goes to the parties: something it needs stands still here, whether or
 * not they have taken the freeze over yet. Null when nothing does.
 */
export async function findFrozenStop(
  of: MovingIntent | { vault: string; asset: null },
  db: Database,
): Promise<Stop | null> {
  for (const freeze of await standingFreezes(db)) {
    const found = 'kind' in of ? findFrozenMove(of, [freeze]) : findFrozen(of, [freeze]);
    if (found) return { code: found, party: null, sentence: await sentenceOf(found, freeze, db) };
  }
  return null;
}

async function sentenceOf(
  refusal: PartyRefusal,
  freeze: StandingFreeze,
  db: Database,
): Promise<string> {
  const trust = await loadTrust(db);
  return frozenSentence(refusal, freeze, trust?.policy ?? null);
}
