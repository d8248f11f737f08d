'use client';

import { useState } from 'react';
import { readBreachTextsAction } from '#lib/privacy/breach-actions.ts';
import type { BreachTextShown } from '#lib/privacy/breaches/read-breach-texts.ts';
import { useRefresh } from '../../live/use-refresh.ts';
import { Button } from '../../ui/button.tsx';
import { noAnswer } from '../../ui/key-problem.ts';
import { Notice } from '../../ui/notice.tsx';
import { SectionHeading } from '../../ui/page-header.tsx';
import { Panel, PanelRow } from '../../ui/panel.tsx';

const fieldWords: Readonly<Record<string, string>> = {
  description: 'What was reported',
  note: 'Note',
  reasons: 'Reasons',
  nature: 'Nature of the breach',
  consequences: 'Likely consequences',
  measures: 'Measures',
  delay: 'Reasons for the delay',
  later: 'Why the rest comes later',
  letter: 'What the persons are told',
  contact: 'Where the persons can ask',
  proof: 'Proof',
  document: 'Notification, as it was signed',
};

/** What people wrote about a breach. It stands sealed until somebody opens it, which goes on record first. */
export function BreachTexts({
  id,
  places,
}: {
  id: string;
  /** Each event by its number, in words that name nobody. */
  places: readonly { seq: number; title: string }[];
}) {
  const [texts, setTexts] = useState<BreachTextShown[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const refresh = useRefresh();

  async function open() {
    setBusy(true);
    setProblem(null);
    const answer = await readBreachTextsAction({ id }).catch(() => null);
    if (!answer?.ok) {
      setBusy(false);
      return setProblem(answer ? answer.refusal.sentence : noAnswer);
    }
    setTexts(answer.value);
    refresh(() => setBusy(false));
  }

  const shown = places
    .map((place) => ({ ...place, texts: (texts ?? []).filter(({ seq }) => seq === place.seq) }))
    .filter((place) => place.texts.length > 0);
  return (
    <section aria-label="Texts">
      <SectionHeading
        action={
          texts !== null && (
            <Button size="small" onClick={() => setTexts(null)}>
              Close the texts
            </Button>
          )
        }
      >
        Texts
      </SectionHeading>
      {problem !== null && (
        <Notice tone="caution" title="Nothing was opened." announce="assertive">
          {problem}
        </Notice>
      )}
      <Panel label="What was written, oldest first">
        <PanelRow
          title={texts === null ? 'Sealed.' : 'Opened.'}
          aside={
            <Button
              size="small"
              pending={isBusy}
              pendingLabel="Opening"
              onClick={() => void open()}
            >
              {texts === null ? 'Open the texts' : 'Open them again'}
            </Button>
          }
        >
          What people wrote about it, and the notifications. Who opens it, and when, is written
          down.
        </PanelRow>
        {shown.map(({ seq, title, texts: all }) => (
          <PanelRow key={seq} title={title}>
            <dl className="space-y-2" aria-live="polite">
              {all.map(({ field, text }) => (
                <div key={field}>
                  <dt>{fieldWords[field] ?? field}</dt>
                  <dd className="wrap-anywhere whitespace-pre-wrap text-text">
                    {text === null ? 'Erased: nobody can read it.' : <bdi>{text}</bdi>}
                  </dd>
                </div>
              ))}
            </dl>
          </PanelRow>
        ))}
      </Panel>
    </section>
  );
}
