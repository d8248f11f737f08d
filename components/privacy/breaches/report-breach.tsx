'use client';

import { useRouter } from 'next/navigation';
import { useState, type FormEvent } from 'react';
import { openBreachAction } from '#lib/privacy/breach-actions.ts';
import { sources } from '#lib/privacy/breaches/life.ts';
import { formValues } from '../../clients/form-values.ts';
import { Button } from '../../ui/button.tsx';
import { SelectField, TextAreaField, TextField } from '../../ui/field.tsx';
import { noAnswer } from '../../ui/key-problem.ts';
import { Notice } from '../../ui/notice.tsx';
import { NowField } from '../requests/now-field.tsx';
import { breachPath } from './breaches-address.ts';

/** Whoever sees that something happened to personal data says so; everything else comes later. */
export function ReportBreach({
  incident,
  mayRead,
  serverNow,
}: {
  /** Number of the incident that it is as well; empty for none. */
  incident: string;
  /** Whether who reports may open its page afterwards. */
  mayRead: boolean;
  serverNow: string;
}) {
  const [source, setSource] = useState('own');
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [made, setMade] = useState<string | null>(null);
  const router = useRouter();

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const values = formValues(new FormData(event.currentTarget));
    setBusy(true);
    setProblem(null);
    const answer = await openBreachAction(values).catch(() => null);
    setBusy(false);
    if (!answer?.ok) return setProblem(answer ? answer.refusal.sentence : noAnswer);
    if (mayRead) return router.push(breachPath(answer.value.number));
    setMade(answer.value.number);
  }

  if (made !== null)
    return (
      <Notice title={`${made} is on record.`} announce="polite">
        The data protection officer sees it now. Note the number, should you be asked.
      </Notice>
    );
  return (
    <form noValidate className="max-w-prose space-y-4" onSubmit={(event) => void submit(event)}>
      <SelectField
        label="How it came to be known"
        name="source"
        value={source}
        onChange={(event) => setSource(event.target.value)}
        options={Object.entries(sources).map(([value, label]) => ({ value, label }))}
      />
      <NowField
        key={source}
        label="Noticed at"
        name="noticedAt"
        hint={
          source === 'processor'
            ? 'UTC. By the processor; where its notice doesn’t say, when it told us.'
            : 'UTC'
        }
        serverNow={serverNow}
      />
      {source === 'processor' && (
        <>
          <TextField
            label="Processor or provider that told us"
            name="processor"
            look="mono"
            hint="Its number, such as PC-2026-000001, as its page in the registers has it."
            maxLength={40}
          />
          <NowField label="They told us at" name="toldAt" serverNow={serverNow} />
        </>
      )}
      <TextField
        label="Incident that it is as well"
        name="incident"
        look="mono"
        hint="Its number. Leave it empty where there is none; it can be linked later."
        defaultValue={incident}
        maxLength={40}
      />
      <TextAreaField
        label="What happened"
        name="description"
        hint="What you saw, which data, and since when. It is kept sealed. Name nobody whom you need not name."
        rows={6}
        maxLength={8000}
      />
      {problem !== null && (
        <Notice tone="caution" title="Not recorded." announce="assertive">
          {problem}
        </Notice>
      )}
      <Button type="submit" tone="primary" pending={isBusy} pendingLabel="Recording">
        Report it
      </Button>
    </form>
  );
}
