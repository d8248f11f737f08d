'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { prepareAdmissionAction, submitStatementAction } from '#lib/operations/actions.ts';
import { pressKey } from '../operations/press-key.ts';
import { Button } from '../ui/button.tsx';
import { Digest } from '../ui/grouped.tsx';
import { noAnswer } from '../ui/key-problem.ts';
import { Notice } from '../ui/notice.tsx';
import { KeyWords } from './key-words.tsx';

type Prepared = Extract<Awaited<ReturnType<typeof prepareAdmissionAction>>, { ok: true }>['value'];

export type AdmitPersonProps = {
  operator: string;
  name: string;
  /** Names of the keys by credential id; the statement itself carries only ids. */
  labels: Readonly<Record<string, string>>;
};

/** Raises the roster change that admits somebody: first what will be signed, then the key. */
export function AdmitPerson({ operator, name, labels }: AdmitPersonProps) {
  const router = useRouter();
  const [prepared, setPrepared] = useState<Prepared | null>(null);
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function run(step: () => Promise<string | null>) {
    setPending(true);
    setProblem(null);
    setProblem(await step().catch(() => noAnswer));
    setPending(false);
  }

  async function prepare(): Promise<string | null> {
    const answer = await prepareAdmissionAction({ operation: crypto.randomUUID(), operator });
    if (!answer.ok) return answer.refusal.sentence;
    setPrepared(answer.value);
    return null;
  }

  async function sign({ request }: Prepared): Promise<string | null> {
    const pressed = await pressKey(request.options);
    if (!pressed.ok) return pressed.sentence;
    const answer = await submitStatementAction({
      nonce: request.nonce,
      assertion: pressed.assertion,
    });
    // A challenge is spent by any answer, so another try starts from the review.
    if (!answer.ok) {
      setPrepared(null);
      return answer.refusal.sentence;
    }
    router.push(`/operations/${answer.value.operation}`);
    return null;
  }

  return (
    <div className="space-y-4">
      {prepared ? (
        <Review
          prepared={prepared}
          name={name}
          labels={labels}
          pending={pending}
          onSign={() => void run(() => sign(prepared))}
          onBack={() => setPrepared(null)}
        />
      ) : (
        <>
          <p className="prose-line text-text-quiet">
            Have <bdi>{name}</bdi> read the words of each key to you, from their own screen. Go on
            only when they are the words on this page.
          </p>
          <Button
            tone="primary"
            pending={pending}
            pendingLabel="Preparing"
            onClick={() => void run(prepare)}
          >
            The words agree: admit <bdi>{name}</bdi>
          </Button>
        </>
      )}
      {problem !== null && (
        <Notice tone="caution" title="Not raised." announce="assertive">
          {problem}
        </Notice>
      )}
    </div>
  );
}

function Review({
  prepared,
  name,
  labels,
  pending,
  onSign,
  onBack,
}: {
  prepared: Prepared;
  name: string;
  labels: AdmitPersonProps['labels'];
  pending: boolean;
  onSign: () => void;
  onBack: () => void;
}) {
  const { rosterVersion, words, keys } = prepared.review;
  return (
    <section
      aria-label="What you sign"
      className="space-y-4 rounded-md border border-line-strong bg-surface p-4"
    >
      <p>
        You sign <strong>roster version {rosterVersion}</strong>, which adds <bdi>{name}</bdi> with{' '}
        {keys.length === 1 ? 'this key' : 'these keys'} and changes nothing else.
      </p>
      <ul className="space-y-2">
        {keys.map((key) => (
          <li key={key.id}>
            <span className="text-sm text-text-quiet">{labels[key.id] ?? 'Key'}</span>
            <KeyWords words={key.words} />
          </li>
        ))}
      </ul>
      <div>
        <p className="mb-1.5 text-sm text-text-quiet">
          Words of the whole change, as approvers and parties see them
        </p>
        <Digest value={prepared.request.digest} words={words} />
      </div>
      <div className="flex flex-wrap gap-2">
        <Button
          tone="primary"
          pending={pending}
          pendingLabel="Waiting for your key"
          onClick={onSign}
        >
          Raise with key
        </Button>
        <Button disabled={pending} onClick={onBack}>
          Not now
        </Button>
      </div>
    </section>
  );
}
