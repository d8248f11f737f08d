import type { Context } from '#lib/platform/context.ts';
import { loadTrust } from '../trust.ts';

/**
 * Sources that the policy in force names and the settings give no address for, in words. Rules that
 * look at what they would say refuse everything.
 */
export async function findUnsetSources({ db, settings }: Context): Promise<string[]> {
  const trust = await loadTrust(db);
  const known = new Set((settings.sources ?? []).map(({ name }) => name));
  return (trust?.policy.sources ?? [])
    .filter(({ name }) => !known.has(name))
    .map(
      ({ name, fact }) =>
        `the policy takes ${fact} facts from source ${name}, which has no address in COUNTERSIGN_SOURCES`,
    );
}
