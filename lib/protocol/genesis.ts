/**
 * Genesis: the document that founders sign and every party pins before any key exists. After it,
 * each change of roster or policy must be signed under the version before.
 */
import { z } from 'zod';
import { policy } from './policy.ts';
import { roster } from './roster.ts';
import { assertionJson } from './statement.ts';
import { base64url, digestHex, environment, instant, personId, slug } from './scalars.ts';

export const genesisDocument = z.strictObject({
  type: z.literal('countersign/genesis/v1'),
  organisation: slug,
  environment,
  roster,
  policy,
});
export type GenesisDocument = z.infer<typeof genesisDocument>;

/** What each founder signs; every person of the first roster is a founder. */
export const genesisStatement = z.strictObject({
  type: z.literal('countersign/genesis-statement/v1'),
  organisation: slug,
  environment,
  /** Digest of the genesis document; shown as words. */
  genesisDigest: digestHex,
  person: personId,
  nonce: base64url.length(43),
  issuedAt: instant,
});
export type GenesisStatement = z.infer<typeof genesisStatement>;

export const signedGenesisStatement = z.strictObject({
  statement: genesisStatement,
  assertion: assertionJson,
});

export const genesisBundle = z.strictObject({
  document: genesisDocument,
  statements: z.array(signedGenesisStatement).min(3).max(1000),
});
export type GenesisBundle = z.infer<typeof genesisBundle>;
