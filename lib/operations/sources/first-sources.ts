import type { Settings } from '#lib/platform/context.ts';
import type { FactSource } from '#lib/protocol/policy.ts';

/** How old a word may be, in seconds: prices move, a break is there from one moment to the next, the rest changes seldom. */
const maxAge: Readonly<Record<FactSource['fact'], number>> = {
  price: 300,
  risk: 3_600,
  standing: 3_600,
  books: 120,
};

/**
 * Sources that the first policy names: those of a sandbox, which say what their key is. Elsewhere
 * people put sources into the policy themselves, with a key that they got from the source.
 */
export const sourcesOf = ({
  mode,
  sources = [],
}: Pick<Settings, 'mode' | 'sources'>): FactSource[] =>
  sources.flatMap(({ name, fact, sandboxKey }) =>
    mode === 'sandbox' && sandboxKey !== undefined
      ? [{ name, fact, publicKey: sandboxKey, maxAgeSeconds: maxAge[fact] }]
      : [],
  );
