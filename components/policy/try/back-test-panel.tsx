import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { SelectField } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { BackTestResult } from './back-test-result.tsx';
import { useBackTest, type BackTestState } from './use-back-test.ts';

const SPANS = [
  { value: '30', label: 'the last 30 days' },
  { value: '90', label: 'the last 90 days' },
  { value: '365', label: 'the last 365 days' },
  { value: 'all', label: 'everything there has been' },
] as const;

export type BackTestPanelProps = {
  draft: string;
  /** Saves the draft where it has to be. @returns false where that failed, which is said elsewhere. */
  beforeRun: () => Promise<boolean>;
};

/** What the draft would have said to past operations. */
export function BackTestPanel({ draft, beforeRun }: BackTestPanelProps) {
  const [days, setDays] = useState('90');
  const { state, run, stop } = useBackTest(draft);
  const isRunning = state.what === 'running';
  return (
    <section aria-labelledby="back-test" className="space-y-4">
      <h3 id="back-test" className="font-strong">
        Back-test
      </h3>
      <form
        className="flex flex-wrap items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          void beforeRun().then((isSaved) => (isSaved ? run(days) : undefined));
        }}
      >
        <div className="min-w-60">
          <SelectField
            label="Ask it about"
            options={SPANS}
            value={days}
            onChange={(event) => setDays(event.target.value)}
          />
        </div>
        <Button type="submit" pending={isRunning} pendingLabel="Running">
          Run the back-test
        </Button>
        {isRunning && <Button onClick={stop}>Stop</Button>}
      </form>
      <Progress state={state} />
      {state.what === 'stopped' && (
        <Notice tone="caution" title="Not finished." announce="polite">
          {state.sentence}
        </Notice>
      )}
      {state.what === 'done' && <BackTestResult draft={draft} result={state.result} />}
    </section>
  );
}

function Progress({ state }: { state: BackTestState }) {
  if (state.what !== 'running') return null;
  const { done, total } = state;
  return (
    <div>
      <progress
        aria-label="Back-test"
        className="meter w-full max-w-form text-accent"
        {...(total === null ? {} : { max: Math.max(1, total), value: done })}
      />
      <p className="mt-1 text-sm text-text-quiet tabular-nums">
        {total === null
          ? 'Counting operations.'
          : `${done.toLocaleString('en')} of ${total.toLocaleString('en')} operations`}
      </p>
    </div>
  );
}
