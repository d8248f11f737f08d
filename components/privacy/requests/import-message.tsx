'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ReceiptFields } from './enter-request.tsx';
import { requestPath } from './requests-address.ts';
import { FileForm, useFileForm } from './file-form.tsx';

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
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);
  const sending = useFileForm(door, (number) => {
    close();
    router.push(requestPath(number));
  });

  function close() {
    setOpen(false);
    sending.clear();
  }

  return (
    <>
      <Button onClick={() => setOpen(true)}>Import a message</Button>
      <Dialog open={isOpen} onClose={close} title="Import a message">
        <FileForm
          sending={sending}
          label="The message"
          hint={fileHint}
          accept=".eml,message/rfc822"
          trouble="Nothing was taken in."
          done="Take it in"
          doing="Taking it in"
        >
          <ReceiptFields serverNow={serverNow} />
        </FileForm>
      </Dialog>
    </>
  );
}
