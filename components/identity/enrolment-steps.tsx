'use client';

import { useState, type ReactNode } from 'react';
import { completeEnrolmentAction } from '#lib/identity/actions.ts';
import type { EnrolmentView } from '#lib/identity/read-enrolment.ts';
import { Button } from '../ui/button.tsx';
import { Countdown } from '../ui/countdown.tsx';
import { DescriptionList, Footing } from '../ui/description-list.tsx';
import { noAnswer } from '../ui/key-problem.ts';
import { Notice } from '../ui/notice.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { Panel } from '../ui/panel.tsx';
import { Time } from '../ui/time.tsx';
import { EnrolledKey } from './enrolled-key.tsx';
import { groupMeaning, groupText, rolesText } from './people-words.ts';
import { RegisterKey } from './register-key.tsx';

export type EnrolmentStepsProps = {
  token: string;
  view: EnrolmentView;
  /** Reads the view again. */
  onChange: () => Promise<void>;
  onFinished: () => void;
};

/** Three steps: see who you are here, register your keys, finish. */
export function EnrolmentSteps({ token, view, onChange, onFinished }: EnrolmentStepsProps) {
  const missing = Math.max(0, view.keysNeeded - view.keys.length);
  return (
    <>
      <PageHeader
        title={`Enrol as ${view.displayName}`}
        state="Register your keys here, then colleagues admit you. Until they have, your keys count for nothing."
      />
      <div className="space-y-8">
        <Step number={1} title="Who you are here">
          <WhoYouAre view={view} />
        </Step>
        <Step number={2} title="Your keys">
          <p className="mb-3 prose-line text-text-quiet">{keysSentence(view)}</p>
          {view.keys.length > 0 && (
            <div className="mb-4">
              <Panel label="Keys registered so far">
                {view.keys.map((key) => (
                  <EnrolledKey key={key.id} token={token} view={key} onRemoved={onChange} />
                ))}
              </Panel>
            </div>
          )}
          <RegisterKey
            token={token}
            isMain={missing > 0}
            isFull={view.keys.length >= view.keysMax}
            place={view.keys.length + 1}
            onRegistered={onChange}
          />
        </Step>
        <Step number={3} title="Finish">
          <Finish token={token} missing={missing} onFinished={onFinished} />
        </Step>
      </div>
    </>
  );
}

function keysSentence({ keysNeeded, syncedAllowed }: EnrolmentView): string {
  const needed =
    keysNeeded === 1
      ? 'One key is enough here; a second one helps when the first is lost.'
      : `You need ${keysNeeded} keys, so that work goes on when one is lost.`;
  const kinds = syncedAllowed
    ? 'In this sandbox passkeys of phones and browsers count too.'
    : 'Only hardware security keys of an approved model count; a passkey that can be copied does not.';
  return `${needed} ${kinds}`;
}

function Step({ number, title, children }: { number: number; title: string; children: ReactNode }) {
  const id = `step-${number}`;
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="mb-2 text-md font-strong">
        {number}. {title}
      </h2>
      {children}
    </section>
  );
}

function WhoYouAre({ view }: { view: EnrolmentView }) {
  return (
    <>
      <DescriptionList
        items={[
          { term: 'Name', detail: view.displayName },
          { term: 'Role', detail: rolesText(view.roles) },
          {
            term: 'Acts for',
            detail: (
              <>
                {groupText(view.group)}
                <Footing>{groupMeaning(view.group)}</Footing>
              </>
            ),
          },
          {
            term: 'Link works until',
            detail: (
              <>
                <Time instant={view.expiresAt} style="minute" />
                <Footing>
                  Time left:{' '}
                  <Countdown
                    until={view.expiresAt}
                    serverNow={view.serverNow}
                    passed="none, it has expired"
                  />
                  . It works once.
                </Footing>
              </>
            ),
          },
        ]}
      />
      <p className="mt-3 text-sm text-text-quiet">
        Not you, or not right? Close this page and tell whoever sent you the link.
      </p>
    </>
  );
}

function Finish({
  token,
  missing,
  onFinished,
}: {
  token: string;
  missing: number;
  onFinished: () => void;
}) {
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function finish() {
    setPending(true);
    setProblem(null);
    const done = await completeEnrolmentAction(token).catch(() => null);
    setPending(false);
    if (done?.ok) onFinished();
    else setProblem(done ? done.refusal.sentence : noAnswer);
  }

  return (
    <div className="space-y-3">
      <p className="prose-line text-text-quiet">
        {missing > 0
          ? `Register ${missing === 1 ? 'one key' : `${missing} keys`} first.`
          : 'This uses the link up. No key can be added with it afterwards.'}
      </p>
      <Button
        tone={missing > 0 ? 'secondary' : 'primary'}
        disabled={missing > 0}
        pending={pending}
        pendingLabel="Finishing"
        onClick={() => void finish()}
      >
        Finish
      </Button>
      {problem !== null && (
        <Notice tone="caution" title="Not finished." announce="assertive">
          {problem}
        </Notice>
      )}
    </div>
  );
}
