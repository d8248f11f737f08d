'use client';

import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import type { Allowed } from '#lib/operations/ask-policy.ts';
import type { Missing } from '#lib/operations/break-stop.ts';
import type { EurValue } from '#lib/operations/facts/eur-value.ts';
import type { StatementRequest } from '#lib/operations/issue-statement.ts';
import type { Unusual } from '#lib/operations/unusual.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { useStatement, type StatementMaker } from '../operations/use-statement.ts';
import { noAnswer } from '../ui/key-problem.ts';
import type { FieldErrors } from './read-form.ts';

/** What the server answers to a form: something to sign, or that it was raised before. */
export type Preparation<I> =
  | { outcome: 'already-raised'; operation: string }
  | ({ outcome: 'sign' } & Prepared<I>);

type Prepared<I> = {
  request: StatementRequest;
  intent: I;
  /** For the kinds that are compared with what is on record before they are raised. */
  unusual?: Unusual;
  /** Of a withdrawal; null where no source has said a price lately. */
  eurValue?: EurValue | null;
  /** What is missing of the asset of a withdrawal; null for nothing. */
  missing?: Missing | null;
  /** What policy asks of others then. */
  allowed?: Allowed;
};

/** For kinds whose server answer is always something to sign. */
export const toSign = <I>(answer: Result<Prepared<I>>): Result<Preparation<I>> =>
  answer.ok ? ok({ outcome: 'sign', ...answer.value }) : answer;

export type Raise<I> = {
  /** Id of this form, made in the browser and kept over re-sends, so one form raises one operation. */
  operationId: () => string;
  /** What is to be signed, once the form was checked; null while it is being filled in. */
  prepared: Prepared<I> | null;
  checking: boolean;
  /** Why the server did not take the form; null where it named a field of it. */
  refusal: string | null;
  /** What the server said against a field, by its name; a form that shows it leaves nothing else to say above it. */
  fieldErrors: FieldErrors;
  maker: StatementMaker;
  check: (prepare: () => Promise<Result<Preparation<I>>>) => Promise<void>;
  /** Signs and sends what was prepared. */
  sign: () => void;
  change: () => void;
};

/** The way of a form: fill in, check, read what is signed, press the key, go to the operation. */
type Refused = Pick<Raise<unknown>, 'refusal' | 'fieldErrors'>;
const nothingRefused: Refused = { refusal: null, fieldErrors: {} };

/** @param fields names of those that show what the server says against them; the form itself says the rest. */
export function useRaise<I>(fields: readonly string[] = []): Raise<I> {
  const router = useRouter();
  const id = useRef<string | null>(null);
  const busy = useRef(false);
  const [prepared, setPrepared] = useState<Raise<I>['prepared']>(null);
  const [checking, setChecking] = useState(false);
  const [refused, setRefused] = useState<Refused>(nothingRefused);
  const maker = useStatement(({ operation }) => router.push(`/operations/${operation}`));

  function operationId(): string {
    id.current ??= crypto.randomUUID();
    return id.current;
  }

  async function check(prepare: () => Promise<Result<Preparation<I>>>) {
    if (busy.current) return;
    busy.current = true;
    setChecking(true);
    setRefused(nothingRefused);
    maker.forget();
    // The reason stands above the form or at its field, so that is where to read on, also from the review.
    const sendBack = ({ sentence, field }: { sentence: string; field?: string }) => {
      setPrepared(null);
      setRefused(
        field !== undefined && fields.includes(field)
          ? { refusal: null, fieldErrors: { [field]: sentence } }
          : { refusal: sentence, fieldErrors: {} },
      );
    };
    try {
      const answer = await prepare();
      if (!answer.ok) sendBack(answer.refusal);
      else if (answer.value.outcome === 'already-raised')
        router.push(`/operations/${answer.value.operation}`);
      else setPrepared(answer.value);
    } catch {
      sendBack({ sentence: noAnswer });
    } finally {
      busy.current = false;
      setChecking(false);
    }
  }

  function sign() {
    if (prepared) void maker.make(async () => ok(prepared.request));
  }

  function change() {
    setPrepared(null);
    maker.forget();
  }

  return { operationId, prepared, checking, ...refused, maker, check, sign, change };
}
