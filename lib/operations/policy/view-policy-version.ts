/** One version of the policy and what it changed of the one before. */
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import type { Policy } from '#lib/protocol/policy.ts';
import { digestWords } from '#lib/protocol/words.ts';
import { storedPolicy } from './draft-document.ts';
import { policyDiff, type PolicyChange } from './policy-diff.ts';
import { loadNumbers, type VersionLine } from './view-policy.ts';

export type PolicyVersionView = VersionLine & {
  words: string[];
  policy: Policy;
  /** When the next one took its place; null for the one in force. */
  until: string | null;
  /** What it changed of the one before; null for the first. */
  changes: PolicyChange[] | null;
};

export async function viewPolicyVersion(
  actor: Actor,
  number: string,
  { db }: Context,
): Promise<Result<PolicyVersionView, string>> {
  const refused = lacksScope(actor, 'operation:read');
  if (refused) return refused;
  const unknown = refuse('version-unknown', 'There is no such version of the policy.');
  if (!/^[1-9]\d{0,6}$/.test(number)) return unknown;
  const version = Number(number);
  const rows = await db.policyVersion.findMany({
    where: { version: { in: [version - 1, version, version + 1] } },
  });
  const find = (wanted: number) => rows.find((row) => row.version === wanted);
  const row = find(version);
  if (!row) return unknown;
  const before = find(version - 1);
  const numbers = await loadNumbers(db, row.operationId === null ? [] : [row.operationId]);
  const policy = storedPolicy(row);
  return ok({
    version,
    digest: row.digest,
    words: digestWords(row.digest),
    since: row.adoptedAt.toISOString(),
    until: find(version + 1)?.adoptedAt.toISOString() ?? null,
    operation: row.operationId === null ? null : (numbers.get(row.operationId) ?? null),
    policy,
    changes: before ? policyDiff(storedPolicy(before), policy) : null,
  });
}
