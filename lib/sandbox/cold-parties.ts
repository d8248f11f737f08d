/** The cold parties of the sample organisation. Their folders lie beside those of the others. */
import type { Group } from '#lib/protocol/roster.ts';

/** Where the page of a cold party is while somebody works with it; one at a time is enough. */
export const coldPageOrigin = 'http://localhost:3119';

/** In the order of their numbers, behind the parties with a network. */
export const sandboxColdParties: readonly { name: string; group: Group }[] = [
  { name: 'cold-a', group: 'custody' },
  { name: 'cold-b', group: 'recovery' },
];
