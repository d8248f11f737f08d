import { describeExtras, describeNeed } from '#lib/operations/describe-policy.ts';
import { describeWhen } from '#lib/operations/describe-conditions.ts';
import { capitalised } from '#lib/operations/policy-words.ts';
import type { PolicyOutcome, PolicyRule } from '#lib/protocol/policy.ts';
import { StatusMark } from '../ui/status-mark.tsx';

/** Rules in the order in which they are asked: what each is about, and what it asks for. */
export function RulesList({ rules }: { rules: readonly PolicyRule[] }) {
  return (
    <>
      <p className="mb-2 prose-line text-text-quiet">
        The first rule that fits decides. What no rule fits is refused, and so is what a rule can’t
        judge because a fact is missing. Who raises something never approves or co-signs it.
      </p>
      <ol className="divide-y divide-line overflow-clip rounded-md border border-line bg-surface">
        {rules.map((rule, index) => (
          <li
            key={rule.id}
            className="grid grid-cols-[1.5rem_minmax(0,1fr)] gap-x-3 gap-y-2 px-4 py-3 medium:grid-cols-[1.5rem_minmax(0,1fr)_minmax(0,14rem)]"
          >
            <span className="text-text-quiet tabular-nums">{index + 1}</span>
            <div className="min-w-0">
              <h3 className="font-medium">
                <bdi>{rule.name}</bdi>
              </h3>
              <p className="mt-0.5 text-text-quiet">{capitalised(describeWhen(rule.when))}.</p>
            </div>
            <div className="col-start-2 min-w-0 medium:col-start-3">
              <RuleAsks outcome={rule.outcome} />
            </div>
          </li>
        ))}
      </ol>
    </>
  );
}

/** What a rule asks for, one line each; or that it refuses, and why. */
export function RuleAsks({ outcome }: { outcome: PolicyOutcome }) {
  if (outcome.effect === 'deny')
    return (
      <>
        <StatusMark shape="square" tone="neutral">
          Refused
        </StatusMark>
        <p className="text-sm text-text-quiet">
          <bdi>{outcome.reason}</bdi>
        </p>
      </>
    );
  return (
    <ul>
      {outcome.needs.map((need) => (
        <li key={`${need.group} ${need.decision}`}>{capitalised(describeNeed(need))}</li>
      ))}
      {describeExtras(outcome).map((sentence) => (
        <li key={sentence} className="mt-1 text-sm text-text-quiet">
          {sentence}
        </li>
      ))}
    </ul>
  );
}
