'use client';

import { useId, useState, type FormEvent } from 'react';
import { useRefresh } from '../../live/use-refresh.ts';
import { Button } from '../../ui/button.tsx';
import { CopiedHash } from '../../ui/copied-hash.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { CONTROL, FieldFrame, fieldWiring } from '../../ui/field-frame.tsx';
import { Notice } from '../../ui/notice.tsx';
import { sendFile } from './send-file.ts';
import { Sending } from './sending.tsx';

const fileHint =
  'A letter that was sent, or a proof: PDF, PNG, JPEG or plain text, at most 10 MiB. It is kept sealed and never shown.';

type Added = { seq: number; sha256: string };

const door = {
  path: '/api/privacy/requests/added-files',
  what: 'A file',
  read: ({ seq, sha256 }: Readonly<Record<string, unknown>>): Added | null =>
    typeof seq === 'number' && typeof sha256 === 'string' ? { seq, sha256 } : null,
};

/** Puts a file on record of a request, which an answer then names as what was sent. */
export function AddFile({ about }: { about: Readonly<Record<string, string>> }) {
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const [missing, setMissing] = useState<string | undefined>(undefined);
  const [problem, setProblem] = useState<string | null>(null);
  const [added, setAdded] = useState<Added | null>(null);
  /** Share that was sent; null while nothing is. */
  const [share, setShare] = useState<number | null>(null);
  const refresh = useRefresh();

  function close() {
    setOpen(false);
    setProblem(null);
    setMissing(undefined);
    setAdded(null);
  }

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const file = data.get('file');
    setProblem(null);
    if (!(file instanceof File) || file.name === '') return setMissing('Choose the file.');
    setMissing(undefined);
    for (const [name, value] of Object.entries(about)) data.set(name, value);
    setShare(0);
    const sent = await sendFile(door, data, file, setShare);
    setShare(null);
    if (!sent.ok) return setProblem(sent.sentence);
    refresh(() => setAdded(sent.value));
  }

  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        Add a file
      </Button>
      <Dialog open={isOpen} onClose={close} title="Add a file">
        {added === null ? (
          <form noValidate className="space-y-4" onSubmit={(event) => void submit(event)}>
            <FieldFrame id={id} label="The file" hint={fileHint} error={missing}>
              <input
                {...fieldWiring(id, { hint: fileHint, error: missing })}
                type="file"
                name="file"
                accept=".pdf,.png,.jpg,.jpeg,.txt,application/pdf,image/png,image/jpeg,text/plain"
                className={`${CONTROL} py-1.5 file:me-3 file:font-medium`}
              />
            </FieldFrame>
            {problem !== null && (
              <Notice tone="caution" title="Nothing was added." announce="assertive">
                {problem}
              </Notice>
            )}
            {share !== null && <Sending share={share} />}
            <div className="flex justify-end">
              <Button
                type="submit"
                tone="primary"
                pending={share !== null}
                pendingLabel="Adding it"
              >
                Add it
              </Button>
            </div>
          </form>
        ) : (
          <Receipt added={added} onClose={close} />
        )}
      </Dialog>
    </>
  );
}

/** What was taken in, to be held against the file at hand. */
const Receipt = ({ added: { seq, sha256 }, onClose }: { added: Added; onClose: () => void }) => (
  <div className="space-y-4">
    <Notice title={`On record as entry ${seq}.`} announce="polite">
      An answer can name it as what was sent. Its digest stands beside its name, sealed.
    </Notice>
    <div className="text-sm">
      SHA-256
      <CopiedHash value={sha256} what="the digest" />
    </div>
    <div className="flex justify-end">
      <Button onClick={onClose}>Close</Button>
    </div>
  </div>
);
