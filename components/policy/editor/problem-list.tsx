import type { PolicyProblem } from '#lib/operations/policy-problems.ts';
import { Button } from '../../ui/button.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import type { PolicyForm } from '../form/policy-form.ts';

/** What makes the policy unsound, each with a way to the rule it is in. */
export function ProblemList({
  problems,
  form,
  goTo,
}: {
  problems: readonly PolicyProblem[];
  form: PolicyForm;
  goTo: (rule: string) => void;
}) {
  return (
    <div aria-live="polite">
      {problems.length > 0 && (
        <>
          <StatusMark shape="triangle" tone="danger">
            {problems.length === 1 ? 'One thing to mend' : `${problems.length} things to mend`}
          </StatusMark>
          <ul className="mt-2 space-y-2">
            {problems.map(({ rule, field, sentence }) => {
              const place = form.rules.findIndex(({ id }) => id === rule);
              return (
                <li key={`${rule} ${field} ${sentence}`} className="text-sm">
                  {rule !== null && place >= 0 && (
                    <Button size="small" className="mb-1" onClick={() => goTo(rule)}>
                      Go to rule {place + 1}
                    </Button>
                  )}
                  <span className="block">{sentence}</span>
                </li>
              );
            })}
          </ul>
        </>
      )}
    </div>
  );
}
