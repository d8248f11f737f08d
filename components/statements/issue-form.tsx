'use client';

import { useRouter } from 'next/navigation';
import { useState, type FormEvent } from 'react';
import { issuePositionAction, orderPositionsAction } from '#lib/operations/positions/actions.ts';
import { useRefresh } from '../live/use-refresh.ts';
import { Button } from '../ui/button.tsx';
import { ChoiceField, TextField } from '../ui/field.tsx';
import { noAnswer } from '../ui/key-problem.ts';
import { Notice } from '../ui/notice.tsx';
import { statementPath } from './statement-words.ts';

function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
}

/** Issues a statement for one client and shows it, or has the worker make them for all. */
export function IssueForm({ client, from }: { client: string; from: string }) {
  const [isForAll, setForAll] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const router = useRouter();
  const refresh = useRefresh();

  async function issue(days: { from: string; through: string }, of: string) {
    const answer = await issuePositionAction({ client: of, ...days }).catch(() => null);
    if (answer?.ok) router.push(statementPath(answer.value.statement));
    return answer;
  }

  async function order(days: { from: string; through: string }) {
    const answer = await orderPositionsAction(days).catch(() => null);
    if (answer?.ok) refresh();
    return answer;
  }

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const days = { from: textOf(form, 'from'), through: textOf(form, 'through') };
    setBusy(true);
    setProblem(null);
    const answer = await (isForAll ? order(days) : issue(days, textOf(form, 'client')));
    setBusy(false);
    if (!answer?.ok) setProblem(answer ? answer.refusal.sentence : noAnswer);
  }

  return (
    <form noValidate className="max-w-form space-y-4" onSubmit={(event) => void submit(event)}>
      <div onChange={(event) => setForAll((event.target as HTMLInputElement).value === 'all')}>
        <ChoiceField
          label="For whom"
          name="whom"
          defaultValue="one"
          options={[
            { value: 'one', label: 'One client' },
            {
              value: 'all',
              label: 'All clients',
              hint: 'The worker makes them; this page shows how far it is.',
            },
          ]}
        />
      </div>
      {!isForAll && (
        <TextField
          label="Client"
          name="client"
          defaultValue={client}
          hint="Their number, such as C-20418."
          maxLength={64}
          look="mono"
          required
        />
      )}
      <div className="grid gap-4 medium:grid-cols-2">
        <TextField
          label="First day"
          name="from"
          type="date"
          hint="From midnight on; days are in UTC."
          defaultValue={from}
          required
        />
        <TextField
          label="Last day"
          name="through"
          type="date"
          hint="Leave it empty for up to now."
        />
      </div>
      {problem !== null && (
        <Notice tone="caution" title="Not issued." announce="assertive">
          {problem}
        </Notice>
      )}
      <Button type="submit" tone="primary" pending={isBusy} pendingLabel="Drawing it up">
        {isForAll ? 'Order statements' : 'Issue the statement'}
      </Button>
    </form>
  );
}
