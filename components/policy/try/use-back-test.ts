'use client';

import { useEffect, useRef, useState } from 'react';
import type { BackTest, BackTestStep } from '#lib/operations/policy/back-test/run-back-test.ts';
import { noAnswer } from '../../ui/key-problem.ts';
import { readLines } from './read-lines.ts';

export type BackTestState =
  | { what: 'idle' }
  | { what: 'running'; done: number; total: number | null }
  | { what: 'done'; result: BackTest }
  | { what: 'stopped'; sentence: string };

const cutShort =
  'The back-test ended before it was through. Nothing was changed; start it again, or look less far back.';

function isStep(value: unknown): value is BackTestStep {
  return typeof value === 'object' && value !== null && 'what' in value;
}

async function sentenceIn(answer: Response): Promise<string> {
  const body: unknown = await answer.json().catch(() => null);
  const isRefusal = typeof body === 'object' && body !== null && 'sentence' in body;
  return isRefusal && typeof body.sentence === 'string' ? body.sentence : noAnswer;
}

/** Runs a back-test and follows how far it is. */
export function useBackTest(draft: string) {
  const [state, setState] = useState<BackTestState>({ what: 'idle' });
  const running = useRef<AbortController | null>(null);

  useEffect(() => () => running.current?.abort(), []);

  async function follow(days: string, signal: AbortSignal) {
    const query = new URLSearchParams({ draft, days });
    const answer = await fetch(`/api/live/policy/back-test?${query}`, { signal });
    if (!answer.ok || !answer.body)
      return setState({ what: 'stopped', sentence: await sentenceIn(answer) });
    let isOver = false;
    for await (const step of readLines(answer.body)) {
      if (!isStep(step)) continue;
      if (step.what === 'progress')
        setState({ what: 'running', done: step.done, total: step.total });
      else {
        isOver = true;
        setState({ what: 'done', result: step.result });
      }
    }
    if (!isOver) setState({ what: 'stopped', sentence: cutShort });
  }

  async function run(days: string) {
    running.current?.abort();
    const control = new AbortController();
    running.current = control;
    setState({ what: 'running', done: 0, total: null });
    try {
      await follow(days, control.signal);
    } catch {
      setState(control.signal.aborted ? { what: 'idle' } : { what: 'stopped', sentence: noAnswer });
    }
  }

  return { state, run, stop: () => running.current?.abort() };
}
