'use client';

import { useState } from 'react';
import { readRequestTextsAction } from '#lib/privacy/request-actions.ts';
import type { ShownText } from '#lib/privacy/requests/read-texts.ts';
import { useRefresh } from '../../live/use-refresh.ts';
import { Button } from '../../ui/button.tsx';
import { noAnswer } from '../../ui/key-problem.ts';
import { Notice } from '../../ui/notice.tsx';
import { SectionHeading } from '../../ui/page-header.tsx';
import { Panel, PanelRow } from '../../ui/panel.tsx';
import { RequestFile, type FileLine } from './request-file.tsx';

const fieldWords: Readonly<Record<string, string>> = {
  name: 'Name given',
  email: 'E-mail address given',
  message: 'What was said',
  subject: 'Subject',
  'sent-at': 'Date in its header, which proves nothing',
  'file-name': 'Name of the file, as it was given',
  'file-digest': 'SHA-256 of the file',
  'left-out': 'Left out, with its digest',
  note: 'Note',
  reasons: 'Reasons',
  question: 'Question',
  answer: 'Answer',
  opinion: 'Opinion',
  'tipping-off': 'Must not be told to the person',
  proof: 'Proof',
  recipient: 'Recipient',
  received: 'What was received',
  plan: 'What is to be corrected',
};

/** One event that carries texts or a file, by its words. */
export type TextPlace = { seq: number; title: string; file: FileLine | null };

/** What people wrote and sent. It stands sealed until somebody opens it, which goes on record first. */
export function RequestTexts({
  id,
  written,
  places,
}: {
  id: string;
  /** The last event in which something may be written: what was opened before it is not all. */
  written: number;
  places: readonly TextPlace[];
}) {
  const [opened, setOpened] = useState<{ texts: ShownText[]; written: number } | null>(null);
  const [problem, setProblem] = useState<{ code: string; sentence: string } | null>(null);
  const [isBusy, setBusy] = useState(false);
  const refresh = useRefresh();

  async function open(forClaim = false) {
    setBusy(true);
    setProblem(null);
    const answer = await readRequestTextsAction({
      id,
      ...(forClaim && { purpose: 'claim' }),
    }).catch(() => null);
    if (!answer?.ok) {
      setBusy(false);
      return setProblem(answer ? answer.refusal : { code: 'no-answer', sentence: noAnswer });
    }
    setOpened({ texts: answer.value, written });
    refresh(() => setBusy(false));
  }

  return (
    <section aria-label="Texts and files">
      <SectionHeading
        action={
          opened !== null && (
            <Button size="small" onClick={() => setOpened(null)}>
              Close the texts
            </Button>
          )
        }
      >
        Texts and files
      </SectionHeading>
      {problem !== null && (
        <Notice tone="caution" title="Nothing was opened." announce="assertive">
          {problem.sentence}
          {problem.code === 'for-claims' && (
            <Button
              size="small"
              pending={isBusy}
              pendingLabel="Opening"
              onClick={() => void open(true)}
            >
              Open it for a legal claim
            </Button>
          )}
        </Notice>
      )}
      {opened === null || opened.written < written ? (
        <Panel>
          <PanelRow
            title={opened === null ? 'Sealed.' : 'More was written since you opened them.'}
            aside={
              <Button
                size="small"
                pending={isBusy}
                pendingLabel="Opening"
                onClick={() => void open()}
              >
                {opened === null ? 'Open the texts' : 'Open them again'}
              </Button>
            }
          >
            What people wrote about it, and names of files. Who opens it, and when, is written down.
          </PanelRow>
        </Panel>
      ) : null}
      {opened !== null && <Opened id={id} texts={opened.texts} places={places} />}
    </section>
  );
}

function Opened({
  id,
  texts,
  places,
}: {
  id: string;
  texts: readonly ShownText[];
  places: readonly TextPlace[];
}) {
  const shown = places
    .map((place) => ({ ...place, texts: texts.filter((text) => text.seq === place.seq) }))
    .filter((place) => place.texts.length > 0 || place.file !== null);
  return (
    <div className="mt-3" aria-live="polite">
      <Panel label="What was written, oldest first">
        {shown.map(({ seq, title, file, texts: all }) => (
          <PanelRow key={seq} title={title}>
            <dl className="space-y-2">
              {all.map(({ field, text }) => (
                <div key={field}>
                  <dt>{fieldWords[field] ?? field}</dt>
                  <dd className="wrap-anywhere whitespace-pre-wrap text-text">
                    {text === null ? 'Erased: nobody can read it.' : <bdi>{text}</bdi>}
                  </dd>
                </div>
              ))}
            </dl>
            {file !== null && <RequestFile id={id} seq={seq} file={file} />}
          </PanelRow>
        ))}
      </Panel>
    </div>
  );
}
