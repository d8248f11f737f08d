'use client';

import { useId, useState, type FormEvent } from 'react';
import { useRefresh } from '../live/use-refresh.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { CONTROL, FieldFrame, fieldWiring } from '../ui/field-frame.tsx';
import { Notice } from '../ui/notice.tsx';
import { sendEvidence } from './send-evidence.ts';

/** Takes a file and keeps it with the incident; a refusal says the reason, and nothing is lost. */
export function AddEvidence({
  incident,
  endings,
}: {
  incident: string;
  /** Endings of the names that are taken, as people read them. */
  endings: string;
}) {
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [missing, setMissing] = useState<string | undefined>(undefined);
  const [problem, setProblem] = useState<string | null>(null);
  const refresh = useRefresh();
  const hint = `Files that end in ${endings}, of at most 10 MiB. The same file is kept once.`;

  function close() {
    setOpen(false);
    setProblem(null);
    setMissing(undefined);
  }

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const file = new FormData(event.currentTarget).get('file');
    setProblem(null);
    if (!(file instanceof File) || file.name === '') {
      setMissing('Choose the file.');
      return;
    }
    setMissing(undefined);
    setBusy(true);
    const sent = await sendEvidence(incident, file);
    if (sent.ok)
      return refresh(() => {
        setBusy(false);
        close();
      });
    setBusy(false);
    setProblem(sent.sentence);
  }

  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        Add evidence
      </Button>
      <Dialog open={isOpen} onClose={close} title="Add a file of evidence">
        <form noValidate className="space-y-4" onSubmit={(event) => void submit(event)}>
          <FieldFrame id={id} label="The file" hint={hint} error={missing}>
            <input
              {...fieldWiring(id, { hint, error: missing })}
              type="file"
              name="file"
              className={`${CONTROL} py-1.5 file:me-3 file:font-medium`}
            />
          </FieldFrame>
          {problem !== null && (
            <Notice tone="caution" title="Not kept." announce="assertive">
              {problem}
            </Notice>
          )}
          <div className="flex justify-end">
            <Button type="submit" tone="primary" pending={isBusy} pendingLabel="Sending the file">
              Keep it
            </Button>
          </div>
        </form>
      </Dialog>
    </>
  );
}
