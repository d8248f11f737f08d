'use client';

import { useRouter } from 'next/navigation';
import { useId, useState, type FormEvent } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { CONTROL, FieldFrame, fieldWiring } from '../../ui/field-frame.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ReceiptFields } from './enter-request.tsx';
import { requestPath } from './requests-address.ts';
import { sendFile } from './send-file.ts';
import { Sending } from './sending.tsx';

const fileHint =
  'A message saved as .eml, at most 10 MiB. Nothing in it is opened or fetched; pictures, PDF and plain text are kept, and what is left out is named.';

const door = {
  path: '/api/privacy/requests/messages',
  what: 'A message',
  read: ({ number }: Readonly<Record<string, unknown>>) =>
    typeof number === 'string' ? number : null,
};

/** Takes in a message as a file; the page of the request then says what was kept of it. */
export function ImportMessage({ serverNow }: { serverNow: string }) {
  const id = useId();
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);
  const [missing, setMissing] = useState<string | undefined>(undefined);
  const [problem, setProblem] = useState<string | null>(null);
  /** Share that was sent; null while nothing is. */
  const [share, setShare] = useState<number | null>(null);

  function close() {
    setOpen(false);
    setProblem(null);
    setMissing(undefined);
  }

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const file = data.get('file');
    setProblem(null);
    if (!(file instanceof File) || file.name === '') return setMissing('Choose the file.');
    setMissing(undefined);
    setShare(0);
    const sent = await sendFile(door, data, file, setShare);
    setShare(null);
    if (!sent.ok) return setProblem(sent.sentence);
    close();
    router.push(requestPath(sent.value));
  }

  return (
    <>
      <Button onClick={() => setOpen(true)}>Import a message</Button>
      <Dialog open={isOpen} onClose={close} title="Import a message">
        <form noValidate className="space-y-4" onSubmit={(event) => void submit(event)}>
          <FieldFrame id={id} label="The message" hint={fileHint} error={missing}>
            <input
              {...fieldWiring(id, { hint: fileHint, error: missing })}
              type="file"
              name="file"
              accept=".eml,message/rfc822"
              className={`${CONTROL} py-1.5 file:me-3 file:font-medium`}
            />
          </FieldFrame>
          <ReceiptFields serverNow={serverNow} />
          {problem !== null && (
            <Notice tone="caution" title="Nothing was taken in." announce="assertive">
              {problem}
            </Notice>
          )}
          {share !== null && <Sending share={share} />}
          <div className="flex justify-end">
            <Button
              type="submit"
              tone="primary"
              pending={share !== null}
              pendingLabel="Taking it in"
            >
              Take it in
            </Button>
          </div>
        </form>
      </Dialog>
    </>
  );
}
