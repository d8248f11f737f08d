'use client';

import { useState } from 'react';
import { readHoldTextsAction } from '#lib/privacy/retention-actions.ts';
import type { HoldText } from '#lib/privacy/retention/holds/read-hold-texts.ts';
import { Button } from '../../ui/button.tsx';
import { noAnswer } from '../../ui/key-problem.ts';
import { Notice } from '../../ui/notice.tsx';
import { SectionHeading } from '../../ui/page-header.tsx';
import { Panel, PanelRow } from '../../ui/panel.tsx';

/** Reasons of a hold. They stand sealed until somebody opens them, which goes on record first. */
export function HoldTexts({
  id,
  titles,
}: {
  id: string;
  titles: Readonly<Record<string, string>>;
}) {
  const [texts, setTexts] = useState<HoldText[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);

  async function open() {
    setBusy(true);
    setProblem(null);
    const answer = await readHoldTextsAction({ id }).catch(() => null);
    setBusy(false);
    if (answer?.ok) return setTexts(answer.value);
    setProblem(answer ? answer.refusal.sentence : noAnswer);
  }

  return (
    <section aria-label="Reasons">
      <SectionHeading
        action={
          texts !== null && (
            <Button size="small" onClick={() => setTexts(null)}>
              Close the reasons
            </Button>
          )
        }
      >
        Reasons
      </SectionHeading>
      {problem !== null && (
        <Notice tone="caution" title="Nothing was opened." announce="assertive">
          {problem}
        </Notice>
      )}
      <Panel>
        {texts === null ? (
          <PanelRow
            title="Sealed."
            aside={
              <Button
                size="small"
                pending={isBusy}
                pendingLabel="Opening"
                onClick={() => void open()}
              >
                Open the reasons
              </Button>
            }
          >
            Why it is held, and why it goes on. Who opens them, and when, is written down.
          </PanelRow>
        ) : (
          texts.map(({ seq, text }) => (
            <PanelRow key={seq} title={titles[seq] ?? `Entry ${seq}`}>
              <span className="wrap-anywhere whitespace-pre-wrap text-text">
                {text === null ? 'Erased: nobody can read it.' : <bdi>{text}</bdi>}
              </span>
            </PanelRow>
          ))
        )}
      </Panel>
    </section>
  );
}
