'use client';

import { useState } from 'react';
import { useRefresh } from '../../live/use-refresh.ts';
import { Button } from '../../ui/button.tsx';
import { CopiedHash } from '../../ui/copied-hash.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/notice.tsx';
import { FileForm, useFileForm } from './file-form.tsx';

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
  const [isOpen, setOpen] = useState(false);
  const [added, setAdded] = useState<Added | null>(null);
  const refresh = useRefresh();
  const sending = useFileForm(door, (value) => refresh(() => setAdded(value)), about);

  function close() {
    setOpen(false);
    sending.clear();
    setAdded(null);
  }

  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        Add a file
      </Button>
      <Dialog open={isOpen} onClose={close} title="Add a file">
        {added === null ? (
          <FileForm
            sending={sending}
            label="The file"
            hint={fileHint}
            accept=".pdf,.png,.jpg,.jpeg,.txt,application/pdf,image/png,image/jpeg,text/plain"
            trouble="Nothing was added."
            done="Add it"
            doing="Adding it"
          />
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
