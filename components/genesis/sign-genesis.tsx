'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import {
  prepareGenesisSignatureAction,
  submitGenesisSignatureAction,
} from '#lib/operations/actions.ts';
import { pressKey } from '../operations/press-key.ts';
import { Button } from '../ui/button.tsx';
import { CheckField } from '../ui/field.tsx';
import { noAnswer } from '../ui/key-problem.ts';
import { Notice } from '../ui/notice.tsx';

/** @returns null once the signature is recorded, otherwise the sentence for the person. */
async function sign(digest: string): Promise<string | null> {
  const prepared = await prepareGenesisSignatureAction(digest);
  if (!prepared.ok) return prepared.refusal.sentence;
  const { nonce, options } = prepared.value;
  const pressed = await pressKey(options);
  if (!pressed.ok) return pressed.sentence;
  const signed = await submitGenesisSignatureAction({ nonce, assertion: pressed.assertion });
  return signed.ok ? null : signed.refusal.sentence;
}

/**
 * A founder's signature under the document with this digest. Drawn anew with each document, so
 * that nobody signs one after comparing another.
 */
export function SignGenesis({ digest }: { digest: string }) {
  const router = useRouter();
  const [compared, setCompared] = useState(false);
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function press() {
    setPending(true);
    setProblem(null);
    const sentence = await sign(digest).catch(() => noAnswer);
    setPending(false);
    setProblem(sentence);
    router.refresh();
  }

  return (
    <div className="space-y-3">
      <CheckField
        label="I compared each party’s words with its own page, the words of every key with the founder who holds it, and the fingerprint with the other founders’ screens."
        checked={compared}
        onChange={(event) => setCompared(event.currentTarget.checked)}
      />
      <Button
        tone="primary"
        size="large"
        className="w-full medium:w-auto medium:min-w-60"
        disabled={!compared}
        pending={pending}
        pendingLabel="Waiting for your key"
        onClick={() => void press()}
      >
        Sign with key
      </Button>
      {problem !== null && (
        <Notice tone="caution" title="Not signed." announce="assertive">
          {problem}
        </Notice>
      )}
    </div>
  );
}
