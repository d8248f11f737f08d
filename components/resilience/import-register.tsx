'use client';

import { useId, useState, type FormEvent } from 'react';
import type { RegisterTaken } from '#lib/resilience/records/import-register-file.ts';
import type { UploadFault } from '#lib/resilience/roi/read-upload.ts';
import { useRefresh } from '../live/use-refresh.ts';
import { Button } from '../ui/button.tsx';
import { CONTROL, FieldFrame, fieldWiring } from '../ui/field-frame.tsx';
import { Notice } from '../ui/notice.tsx';
import { sizeName } from '../incidents/incident-words.ts';
import { sendRegister, type SendingStage, type Sent } from './send-register.ts';

const hint =
  'A package (.zip) or a workbook (.xlsx) whose sheets are named after the templates, such as B_02.01. At most 32 MiB. It is taken over whole, or not at all with every reason.';

/** Takes over a register that somebody has: what it names is made or changed, what it does not name stays. */
export function ImportRegister() {
  const id = useId();
  const [stage, setStage] = useState<SendingStage | null>(null);
  const [missing, setMissing] = useState<string | null>(null);
  const [sent, setSent] = useState<Sent | null>(null);
  const refresh = useRefresh();
  const error = missing ?? undefined;

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const file = new FormData(form).get('file');
    setSent(null);
    if (!(file instanceof File) || file.name === '') {
      setMissing('Choose the file of the register.');
      return;
    }
    setMissing(null);
    setStage({ at: 'sending', bytes: 0, of: file.size });
    const answer = await sendRegister(file, setStage);
    setStage(null);
    setSent(answer);
    if (!answer.ok) return;
    form.reset();
    refresh();
  }

  return (
    <form noValidate className="space-y-4" onSubmit={(event) => void submit(event)}>
      <FieldFrame id={id} label="The file" hint={hint} error={error}>
        <input
          {...fieldWiring(id, { hint, error })}
          type="file"
          name="file"
          accept=".zip,.xlsx"
          className={`${CONTROL} py-1.5 file:me-3 file:font-medium`}
        />
      </FieldFrame>
      {stage && <Progress stage={stage} />}
      {sent && (sent.ok ? <Taken taken={sent.taken} /> : <NotTaken {...sent} />)}
      <Button type="submit" pending={stage !== null} pendingLabel="Taking it over">
        Take it over
      </Button>
    </form>
  );
}

/** What is told aloud changes once, when all is sent; the bytes are for the eye. */
function Progress({ stage }: { stage: SendingStage }) {
  const isSending = stage.at === 'sending';
  return (
    <div className="rounded-md border border-line bg-surface px-4 py-3">
      <p role="status">
        {isSending
          ? 'Sending the file.'
          : 'Checking: the file is read, every cell checked, and all of it written or nothing. A large register takes minutes.'}
      </p>
      <progress
        {...(isSending ? { value: stage.bytes, max: Math.max(1, stage.of) } : {})}
        aria-label={isSending ? 'Sent' : 'Checking'}
        className="mt-2 h-2 w-full accent-accent"
      />
      {isSending && (
        <p className="mt-1 text-sm text-text-quiet tabular-nums">
          {sizeName(stage.bytes)} of {sizeName(stage.of)} sent
        </p>
      )}
    </div>
  );
}

const words = {
  entity: 'entity',
  function: 'functions',
  provider: 'providers',
  contract: 'contracts',
} as const;

function Taken({ taken: { imported, left } }: { taken: RegisterTaken }) {
  return (
    <Notice tone="good" title="Taken over." announce="polite">
      {Object.entries(words)
        .map(([kind, word]) => {
          const { created, changed, unchanged } = imported[kind as keyof typeof words];
          return `${word}: ${created} new, ${changed} changed, ${unchanged} as they were`;
        })
        .join('; ')}
      .{left.length > 0 && ` Of these sheets nothing was read: ${left.join(', ')}.`}
    </Notice>
  );
}

function NotTaken({ sentence, places }: { sentence: string; places: readonly UploadFault[] }) {
  return (
    <Notice tone="caution" title="Nothing was taken over." announce="assertive">
      {places.length === 0 ? (
        sentence
      ) : (
        <span className="mt-1 block max-h-80 space-y-1 overflow-y-auto">
          {places.map(({ where, reason }) => (
            <span key={`${where ?? ''} ${reason}`} className="block">
              {where !== null && <span className="figures-mono">{where}: </span>}
              {reason}
            </span>
          ))}
        </span>
      )}
    </Notice>
  );
}
