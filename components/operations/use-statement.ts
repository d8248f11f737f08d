'use client';

import { useRef, useState } from 'react';
import { submitStatementAction } from '#lib/operations/actions.ts';
import type { StatementRequest } from '#lib/operations/issue-statement.ts';
import type { Submitted } from '#lib/operations/submit-statement.ts';
import type { Result } from '#lib/platform/result.ts';
import { noAnswer } from '../ui/key-problem.ts';
import { pressKey } from './press-key.ts';

/** `recorded` is while the page reads again what it just changed. */
export type StatementPhase = 'idle' | 'preparing' | 'pressing' | 'sending' | 'recorded' | 'done';

export type StatementProblem = {
  sentence: string;
  /** True when the signed statement left for the server, which then spent its request. */
  sent: boolean;
  /** True when the key's request was closed or ran out: nothing is wrong. */
  dismissed: boolean;
};

type Prepared = Pick<StatementRequest, 'nonce' | 'options'>;

export type StatementMaker = {
  phase: StatementPhase;
  problem: StatementProblem | null;
  /** Starts unless one is under way already, so that a double click makes one statement. */
  make: (prepare: () => Promise<Result<Prepared>>) => Promise<void>;
  /** Takes an old problem away, such as when its dialog closes. */
  forget: () => void;
};

/**
 * One statement from button to record: the server prepares it, the key signs it, the server takes
 * it. Nothing here is optimistic: `onDone` runs only once the server has it on record.
 */
export function useStatement(
  onDone: (submitted: Submitted) => void | Promise<void>,
): StatementMaker {
  const [phase, setPhase] = useState<StatementPhase>('idle');
  const [problem, setProblem] = useState<StatementProblem | null>(null);
  const busy = useRef(false);

  function stop(sentence: string, sent: boolean, dismissed = false) {
    setProblem({ sentence, sent, dismissed });
    setPhase('idle');
  }

  async function run(prepare: () => Promise<Result<Prepared>>) {
    setProblem(null);
    setPhase('preparing');
    const prepared = await prepare();
    if (!prepared.ok) return stop(prepared.refusal.sentence, false);
    setPhase('pressing');
    const press = await pressKey(prepared.value.options);
    if (!press.ok) return stop(press.sentence, false, press.dismissed);
    setPhase('sending');
    const { nonce } = prepared.value;
    const answer = await submitStatementAction({ nonce, assertion: press.assertion });
    if (!answer.ok) return stop(answer.refusal.sentence, true);
    setPhase('recorded');
    await onDone(answer.value);
    setPhase('done');
  }

  async function make(prepare: () => Promise<Result<Prepared>>) {
    if (busy.current) return;
    busy.current = true;
    try {
      await run(prepare);
    } catch {
      // A lost connection, or a page from before an update. What was recorded is on the server.
      stop(noAnswer, true);
    } finally {
      busy.current = false;
    }
  }

  return { phase, problem, make, forget: () => setProblem(null) };
}
