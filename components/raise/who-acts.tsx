import type { Allowed } from '#lib/operations/ask-policy.ts';
import { describeExtras, describeNeed } from '#lib/operations/describe-policy.ts';
import { capitalised } from '#lib/operations/policy-words.ts';
import { Footing, type Description } from '../ui/description-list.tsx';

/** Whom policy asks for beside the raiser, and what else; nothing where it was not asked. */
export function whoActs(allowed: Allowed | undefined): Description[] {
  if (allowed === undefined || allowed.needs.length === 0) return [];
  return [{ term: 'Who must act', detail: <Needs allowed={allowed} /> }];
}

function Needs({ allowed: { needs, waitSeconds, secondChannel } }: { allowed: Allowed }) {
  const extras = describeExtras({
    effect: 'allow',
    needs,
    ...(waitSeconds === 0 ? {} : { delaySeconds: waitSeconds }),
    ...(secondChannel ? { secondChannel } : {}),
  });
  return (
    <>
      <ul>
        <li>You, who raise it</li>
        {needs.map((need) => (
          <li key={`${need.group} ${need.decision}`}>{capitalised(describeNeed(need))}</li>
        ))}
      </ul>
      <Footing>
        All of them different people.
        {waitSeconds === 0 && ' Any one officer can still say no meanwhile.'}
      </Footing>
      {extras.map((sentence) => (
        <Footing key={sentence}>{sentence}</Footing>
      ))}
    </>
  );
}
