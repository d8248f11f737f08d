/** What a freeze does, in words. Pure. */
import type { FreezesView } from '#lib/operations/list-freezes.ts';
import type { FreezeView } from '#lib/operations/view-freezes.ts';
import { newestWords } from '../ui/newest-words.ts';

type What = FreezeView['what'];

/** Sentence that says what stops. */
export function stopsText(what: What, value: string | null): string {
  switch (what) {
    case 'everything':
      return 'Nothing leaves any vault, no destination is listed and no rule loosens.';
    case 'asset':
      return `Nothing of ${value ?? 'the asset'} leaves any vault.`;
    case 'vault':
      return `Nothing leaves vault ${value ?? ''}.`;
  }
}

/** "Everything", "Asset SOL", "Vault hot-1" at the start of a sentence; this is its inside. */
export const scopeInside = (scope: string): string =>
  `${scope.charAt(0).toLowerCase()}${scope.slice(1)}`;

/** How far a freeze has come: parties that have it, that are handed it now, and that are off. */
export type Reach = { have: string[]; missing: string[]; off: string[] };

export function reachOf(
  freeze: Pick<FreezeView, 'parties'>,
  parties: Pick<FreezesView['parties'], 'online' | 'off'>,
): Reach {
  const isIn = (name: string) => freeze.parties.includes(name);
  return {
    have: [...parties.online, ...parties.off].filter(isIn),
    missing: parties.online.filter((name) => !isIn(name)),
    off: parties.off.filter((name) => !isIn(name)),
  };
}

/** "All 3 parties have it", "2 of 3 parties have it; recovery is off". */
export function reachText({ have, missing, off }: Reach): string {
  const all = have.length + missing.length + off.length;
  if (have.length === all) return `All ${all} parties have it`;
  const away =
    off.length === 0 ? '' : `; ${off.join(' and ')} ${off.length === 1 ? 'is' : 'are'} off`;
  return `${have.length} of ${all} parties have it${away}`;
}

/** The state of the page in one sentence. */
export function freezesText(
  standing: readonly FreezeView[],
  parties: Pick<FreezesView['parties'], 'online' | 'off'>,
): string {
  if (standing.length === 0) return 'Nothing is frozen.';
  const scopes = standing.map(({ scope }) => scopeInside(scope)).join(', ');
  const late = standing.filter((freeze) => reachOf(freeze, parties).missing.length > 0).length;
  const every = parties.off.length === 0 ? 'Every party' : 'Every party that is on';
  const reach = late === 0 ? `${every} has it.` : 'Not every party has it yet.';
  return `${standing.length === 1 ? 'One freeze stands' : `${standing.length} freezes stand`}: ${scopes}. ${reach}`;
}

/** As many released freezes as the page shows; all of them stay under Operations. */
const releasedShown = 20;

/** What the list of released freezes holds, as its foot says it. @param count of its rows. */
export const releasedText = (count: number): string =>
  newestWords(count, { shown: releasedShown, one: 'released freeze', many: 'released freezes' });
