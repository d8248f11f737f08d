import { Notice } from '../ui/notice.tsx';
import type { StatementMaker, StatementPhase, StatementProblem } from './use-statement.ts';

const WORDS: Record<StatementPhase, (action: string) => string> = {
  idle: () => '',
  preparing: () => 'Preparing the statement.',
  pressing: (action) => `Your key is asked now, to ${action}. Touch it when it blinks.`,
  sending: () => 'Signed. The console is checking and recording it.',
  recorded: () => '',
  done: () => '',
};

/** What the button shows while it works. */
export const pendingLabels: Partial<Record<StatementPhase, string>> = {
  preparing: 'Preparing',
  pressing: 'Waiting for your key',
  sending: 'Recording',
  recorded: 'Recorded',
};

export const isBusy = (phase: StatementPhase): boolean => phase !== 'idle' && phase !== 'done';

/**
 * Says what is going on with a statement, and why it did not come about. `action` names it inside a
 * sentence: "approve WD-2026-000001".
 */
export function StatementStatus({ maker, action }: { maker: StatementMaker; action: string }) {
  const { phase, problem } = maker;
  return (
    <div className="space-y-2">
      <p role="status" className="text-sm text-text-quiet empty:hidden">
        {WORDS[phase](action)}
      </p>
      {problem && <ProblemNotice problem={problem} />}
    </div>
  );
}

function ProblemNotice({ problem }: { problem: StatementProblem }) {
  const { sentence, dismissed } = problem;
  // What a dismissed request says ends with "Nothing was recorded"; saying so above it would be twice.
  const split = dismissed ? sentence.indexOf('. ') + 1 : 0;
  return (
    <Notice
      tone={dismissed ? 'caution' : 'danger'}
      title={split > 0 ? sentence.slice(0, split) : 'Not recorded.'}
      announce="assertive"
    >
      {sentence.slice(split).trimStart()}
    </Notice>
  );
}
