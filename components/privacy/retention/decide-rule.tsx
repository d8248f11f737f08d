'use client';

import {
  prepareRuleDecisionAction,
  submitRuleDecisionAction,
} from '#lib/privacy/retention-actions.ts';
import { Press } from '../../live/press.tsx';
import { pressKey } from '../../operations/press-key.ts';

type Answer = { ok: true } | { ok: false; refusal: { code: string; sentence: string } };

/** The server prepares the statement, the key signs it, the server takes it. */
async function decideWithKey(input: object): Promise<Answer> {
  const prepared = await prepareRuleDecisionAction(input);
  if (!prepared.ok) return prepared;
  const press = await pressKey(prepared.value.options);
  if (!press.ok) return { ok: false, refusal: { code: 'key', sentence: press.sentence } };
  return submitRuleDecisionAction({ nonce: prepared.value.nonce, assertion: press.assertion });
}

/** One press of the key over the report that stands beside the button. */
export function DecideRule({
  run,
  rule,
  decision,
}: {
  run: string;
  rule: string;
  decision: 'approved' | 'stopped';
}) {
  return (
    <Press
      label={decision === 'approved' ? 'Approve with key' : 'Stop the rule with key'}
      tone={decision === 'approved' ? 'primary' : 'secondary'}
      failed={decision === 'approved' ? 'Not approved.' : 'Not stopped.'}
      send={() => decideWithKey({ run, rule, decision })}
    />
  );
}
