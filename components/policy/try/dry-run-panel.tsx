'use client';

import { useState } from 'react';
import { dryRunAction } from '#lib/operations/policy/actions.ts';
import type { DryRun } from '#lib/operations/policy/dry-run.ts';
import type { Offered } from '#lib/operations/policy/view-draft.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { noAnswer } from '../../ui/key-problem.ts';
import { Notice } from '../../ui/notice.tsx';
import { RadioRow } from '../editor/fields.tsx';
import { DryRunResult } from './dry-run-result.tsx';
import { beginMadeUp, isWholeDays, MadeUpFields, madeUpOf } from './made-up-fields.tsx';

export type DryRunPanelProps = {
  /** Null asks the policy in force alone. */
  draft: string | null;
  offered: Offered;
  /** Saves the draft where it has to be. @returns false where that failed, which is said elsewhere. */
  beforeRun: () => Promise<boolean>;
};

/** Asks what policy says to one operation, be it one of the past or a made-up one. */
export function DryRunPanel({ draft, offered, beforeRun }: DryRunPanelProps) {
  const [what, setWhat] = useState<'made-up' | 'past'>('made-up');
  const [number, setNumber] = useState('');
  const [madeUp, setMadeUp] = useState(() => beginMadeUp(offered, new Date().toISOString()));
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [result, setResult] = useState<DryRun | null>(null);

  async function run() {
    setProblem(null);
    if (what === 'made-up' && !isWholeDays(madeUp)) {
      setResult(null);
      return setProblem('Give “Listed for” as a whole number of days, such as 30.');
    }
    setPending(true);
    try {
      if (!(await beforeRun())) return;
      const of = what === 'past' ? { what, number } : { what, operation: madeUpOf(madeUp) };
      const answer = await dryRunAction({ draft, of });
      setResult(answer.ok ? answer.value : null);
      if (!answer.ok) setProblem(answer.refusal.sentence);
    } catch {
      setProblem(noAnswer);
    } finally {
      setPending(false);
    }
  }

  return (
    <section aria-labelledby="dry-run" className="space-y-4">
      <h3 id="dry-run" className="font-strong">
        One operation
      </h3>
      <form
        className="space-y-4"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!pending) void run();
        }}
      >
        <RadioRow
          label="Which operation"
          hideLabel
          options={[
            { value: 'made-up', label: 'One that I make up' },
            { value: 'past', label: 'One there has been' },
          ]}
          value={what}
          onChange={setWhat}
        />
        {what === 'past' ? (
          <TextField
            label="Number"
            look="mono"
            hint="As its page shows it, such as WD-2026-000001. It is judged by the facts of the moment it was raised."
            maxLength={40}
            value={number}
            onChange={(event) => setNumber(event.target.value)}
          />
        ) : (
          <MadeUpFields
            form={madeUp}
            offered={offered}
            onChange={(change) => setMadeUp((before) => ({ ...before, ...change }))}
          />
        )}
        <Button type="submit" pending={pending} pendingLabel="Asking">
          Ask
        </Button>
      </form>
      {problem !== null && (
        <Notice tone="caution" title="No answer." announce="assertive">
          {problem}
        </Notice>
      )}
      {result && <DryRunResult result={result} />}
    </section>
  );
}
