import { Notice } from '../ui/notice.tsx';
import type { StatementMaker, StatementPhase } from './use-statement.ts';

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
      {problem && (
        <Notice tone="danger" title="Not recorded." announce="assertive">
          {problem.sentence}
        </Notice>
      )}
    </div>
  );
}
