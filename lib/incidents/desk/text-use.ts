import type { Use } from '#lib/persons/uses.ts';

/** What the texts of an incident are read for: others are protected by dealing with one, not by reading of one that is over. */
export const textUseOf = (state: string): Use =>
  state === 'closed' || state === 'dropped' ? 'texts-of-others' : 'incident';
