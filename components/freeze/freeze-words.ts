/** What a freeze does, in words. Pure. */
import type { FreezeView } from '#lib/operations/list-freezes.ts';

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

/** How far a freeze has come: parties that are asked at once, and those of them that have it. */
export type Reach = { have: string[]; missing: string[] };

export function reachOf(freeze: Pick<FreezeView, 'parties'>, online: readonly string[]): Reach {
  return {
    have: online.filter((name) => freeze.parties.includes(name)),
    missing: online.filter((name) => !freeze.parties.includes(name)),
  };
}

/** "Taken over by all 3 parties", "Taken over by 1 of 3 parties". */
export function reachText({ have, missing }: Reach): string {
  const all = have.length + missing.length;
  return missing.length === 0
    ? `All ${all} parties have it`
    : `${have.length} of ${all} parties have it`;
}

/** The state of the page in one sentence. */
export function freezesText(standing: readonly FreezeView[], online: readonly string[]): string {
  if (standing.length === 0) return 'Nothing is frozen.';
  const scopes = standing.map(({ scope }) => scopeInside(scope)).join(', ');
  const late = standing.filter((freeze) => reachOf(freeze, online).missing.length > 0).length;
  const reach = late === 0 ? 'Every party has it.' : 'Not every party has it yet.';
  return `${standing.length === 1 ? 'One freeze stands' : `${standing.length} freezes stand`}: ${scopes}. ${reach}`;
}
