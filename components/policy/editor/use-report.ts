'use client';

import { useEffect, useRef, useState } from 'react';
import { checkDraftAction } from '#lib/operations/policy/actions.ts';
import type { DraftReport } from '#lib/operations/policy/check-draft.ts';
import { draftTooLong } from '#lib/operations/policy/draft-size.ts';
import type { PolicyReading } from '../form/read-policy.ts';

/** Typing that pauses for so long is looked at, milliseconds. */
const PAUSE_MS = 600;

export type ReportState = {
  /** About what was checked last. */
  report: DraftReport;
  /** What stands in the form now was not looked at yet. */
  isBehind: boolean;
  /** Why nobody could look. */
  problem: string | null;
};

/** Has the server look at the policy in the form whenever it comes to rest. */
export function useReport(initial: DraftReport, reading: PolicyReading): ReportState {
  const policy = reading.ok ? reading.policy : null;
  const text = policy && JSON.stringify(policy);
  // Longer than what an action takes, it would not arrive.
  const tooLong = text === null ? null : draftTooLong({ text, policy });
  const [state, setState] = useState({ report: initial, of: text, problem: null as string | null });
  const checked = useRef(text);

  useEffect(() => {
    if (text === null || tooLong !== null || text === checked.current) return;
    let isStale = false;
    const look = async () => {
      const answer = await checkDraftAction({ document: text }).catch(() => null);
      if (isStale) return;
      checked.current = text;
      if (answer?.ok) setState({ report: answer.value, of: text, problem: null });
      else
        setState((before) => ({
          ...before,
          problem:
            answer?.refusal.sentence ?? 'The console did not answer, so nothing was checked.',
        }));
    };
    const timer = setTimeout(() => void look(), PAUSE_MS);
    return () => {
      isStale = true;
      clearTimeout(timer);
    };
  }, [text, tooLong]);

  const problem = tooLong ?? state.problem;
  return { report: state.report, isBehind: state.of !== text, problem };
}
