/** A draft's document as text on its way in and out, and the version it would become. */
import { ok, refuse, type Refused, type Result } from '#lib/platform/result.ts';
import { canonicalize } from '#lib/protocol/intent.ts';
import { policy as policySchema, type Policy } from '#lib/protocol/policy.ts';
import { readStrictJson } from '#lib/protocol/strict-json.ts';
import type { Trust } from '../trust.ts';
import { draftTooLong } from './draft-size.ts';

/** Characters that are read at all, so that one that is too long gets its own sentence. */
export const documentMax = 2_000_000;

const noPolicy = (where: string): Refused<'draft-malformed'> =>
  refuse(
    'draft-malformed',
    `What was sent is no policy${where}. Nothing was changed. Reload the page and try again.`,
  );

/** Reads a policy of the right shape that is not too long; whether it is sound is looked at apart. */
export function readDraftDocument(
  text: string,
): Result<Policy, 'draft-malformed' | 'draft-too-long'> {
  const bytes = Buffer.from(text);
  const document = readStrictJson(bytes, bytes.length);
  const read = policySchema.safeParse(document.ok ? document.value : null);
  const tooLong = draftTooLong({ text, policy: read.data ?? null });
  if (tooLong) return refuse('draft-too-long', `${tooLong} Nothing was changed.`);
  if (!document.ok) return noPolicy('');
  if (read.success) return ok(read.data);
  const [issue] = read.error.issues;
  return noPolicy(issue ? ` (${issue.path.map(String).join('.')}: ${issue.message})` : '');
}

/** A stored draft. @throws when the row holds no policy, which no way in allows. */
export const storedPolicy = (row: { document: string }): Policy =>
  policySchema.parse(JSON.parse(row.document));

export const documentOf = (policy: Policy): string => canonicalize(policy);

/** The draft as the version after the one in force. */
export const nextPolicy = (draft: Policy, { policy, policyDigest }: Trust): Policy => ({
  ...draft,
  organisation: policy.organisation,
  environment: policy.environment,
  version: policy.version + 1,
  previous: policyDigest,
});
