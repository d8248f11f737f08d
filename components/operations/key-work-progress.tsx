'use client';

import type { ReactNode } from 'react';
import {
  answerWords,
  type KeyWorkView,
  type StepState,
} from '#lib/operations/progress/key-work-view.ts';
import { SectionHeading } from '../ui/page-header.tsx';
import { Panel, PanelRow } from '../ui/panel.tsx';
import { StatusMark, type StatusShape } from '../ui/status-mark.tsx';
import { Evidence } from '../ui/timeline.tsx';
import type { Tone } from '../ui/tone.ts';
import { useOperation } from './operation-live.tsx';

/** While people wait for it; stands where they look first. */
export function KeyWorkNow() {
  const { live } = useOperation();
  if (live.final || live.keyWork === null) return null;
  return (
    <div className="mb-8">
      <KeyWorkProgress work={live.keyWork} />
    </div>
  );
}

/** Once it is over: a record of what it took. */
export function KeyWorkRecord() {
  const { live } = useOperation();
  if (!live.final || live.keyWork === null) return null;
  return <KeyWorkProgress work={live.keyWork} />;
}

const headings: Readonly<Record<KeyWorkView['kind'], string>> = {
  'key-ceremony': 'Making the key',
  'key-refresh': 'Refreshing the key',
};

/** How far the parties are. It follows them and announces nothing: where the operation stands is announced elsewhere. */
function KeyWorkProgress({ work }: { work: KeyWorkView }) {
  const { kind, rounds, answers, pairs, stop } = work;
  const round = rounds.steps.find(({ state }) => state === 'now' || state === 'stopped');
  return (
    <section>
      <SectionHeading>{headings[kind]}</SectionHeading>
      <Panel label={headings[kind]}>
        <Bar title="Rounds" {...rounds}>
          {round ? `${round.words}.` : 'Every round is through.'}
          {answers && ` ${answerWords(answers)}`}
        </Bar>
        {pairs && (
          <Bar title="Pairs" {...pairs}>
            {pairs.done === 0 && rounds.done < rounds.of
              ? 'Set up after the rounds: what two parties need to sign together with this key.'
              : `What two parties need to sign together with this key.${pairs.done < pairs.of ? ' Each takes a few seconds.' : ''}`}
            <ul className="mt-2 space-y-1">
              {pairs.steps.map(({ of, words, state }) => (
                <li key={of.join()} className="flex flex-wrap justify-between gap-x-4">
                  <span className="text-text">{of.join(' and ')}</span>
                  <StepMark state={state}>{words}</StepMark>
                </li>
              ))}
            </ul>
          </Bar>
        )}
        {stop && (
          <PanelRow
            title={
              <StatusMark shape="triangle" tone="caution">
                Stopped at party {stop.party}
              </StatusMark>
            }
          >
            {stop.sentence}
          </PanelRow>
        )}
        <div className="px-4 py-2">
          <Evidence label="Every round">
            <ol className="space-y-1">
              {rounds.steps.map(({ name, words, state }, place) => (
                <li key={name} className="flex flex-wrap justify-between gap-x-4">
                  <span>
                    {place + 1}. {words}
                  </span>
                  <StepMark state={state}>{stateWords[state]}</StepMark>
                </li>
              ))}
            </ol>
          </Evidence>
        </div>
      </Panel>
      <p className="mt-2 text-sm text-text-quiet">
        Told by the console, which carries the messages. Each party checks every message for itself
        and stops where one does not hold.
      </p>
    </section>
  );
}

function Bar({
  title,
  done,
  of,
  children,
}: {
  title: string;
  done: number;
  of: number;
  children: ReactNode;
}) {
  return (
    <PanelRow
      title={title}
      aside={
        <span className="tabular-nums">
          {done} of {of}
        </span>
      }
    >
      <progress
        aria-label={`${title} that are through`}
        className="meter mb-2 block w-full text-accent"
        max={of}
        value={done}
      />
      {children}
    </PanelRow>
  );
}

const stateWords: Readonly<Record<StepState, string>> = {
  through: 'through',
  now: 'now',
  stopped: 'stopped',
  'to-come': 'to come',
};

const looks: Readonly<Record<StepState, { shape: StatusShape; tone: Tone }>> = {
  through: { shape: 'dot', tone: 'good' },
  now: { shape: 'dot', tone: 'accent' },
  stopped: { shape: 'triangle', tone: 'caution' },
  'to-come': { shape: 'ring', tone: 'quiet' },
};

const StepMark = ({ state, children }: { state: StepState; children: string }) => (
  <StatusMark {...looks[state]}>{children}</StatusMark>
);
