/**
 * The console shows an operation early, so that people can read this party's own view of it before
 * they state anything. What is shown is kept for the pages only: nothing rests on it, and no refusal
 * of it is written down.
 */
import { operationBundle } from '#lib/protocol/bundle.ts';
import { checkRaise } from '#lib/protocol/check-raise.ts';
import { canonicalize } from '#lib/protocol/intent.ts';
import { hasOtherContent } from './attempt.ts';
import { decisionInput, type LooseBundle } from './decision-input.ts';
import { answer, refuse, type Answer, type Party } from './party.ts';
import { findPresented, keepPresented, type PresentedDocument } from './store/presented.ts';

export type PresentRequest = {
  bundle: LooseBundle;
  transaction: PresentedDocument['transaction'];
};

/** @returns the digest of what this party now shows, and since when. */
export function present(
  party: Party,
  { bundle: loose, transaction }: PresentRequest,
): Answer<{ operation: string; intentDigest: string; seenAt: string }> {
  const { trust, database } = party;
  if (!trust) return refuse('genesis-missing');
  const bundle = operationBundle.safeParse(loose).data ?? null;
  const now = party.now();
  const verdict = checkRaise(
    decisionInput(party, trust, { loose, bundle, transaction: null, now }),
  );
  if (!verdict.ok) return refuse(verdict.refusal);
  // Intent and statements have their form, so only what goes with them has not.
  if (!bundle) return refuse('fact-malformed');
  const { digest, attempt, intent } = verdict.raised;
  const { operation } = intent;
  if (hasOtherContent(party, intent, digest)) return refuse('operation-has-another-intent');
  const before = findPresented(database, operation);
  const shown = { operation, intentDigest: digest };
  if (before?.intentDigest === digest) {
    const document = { bundle: before.bundle, transaction: before.transaction };
    const isSame = canonicalize(document) === canonicalize({ bundle, transaction });
    const isLater = (before.bundle.statements[0]?.statement.attempt ?? 0) > attempt;
    if (isSame || isLater) return answer({ ...shown, seenAt: before.seenAt });
  }
  database.commit(() => keepPresented(database, { ...shown, bundle, transaction }, now));
  return answer({ ...shown, seenAt: now.toISOString() });
}
