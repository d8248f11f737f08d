'use client';

import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { CopiedHash } from '../../ui/copied-hash.tsx';
import { noAnswer } from '../../ui/key-problem.ts';
import { Notice } from '../../ui/notice.tsx';
import { saveFile } from './save-file.ts';
import { sha256Of } from './sha256-of.ts';

export type FileLine = { mediaType: string; size: string };

/** A file that came with a request or was added to it: it is saved and never shown, as whatever is in it may be hostile. */
export function RequestFile({ id, seq, file }: { id: string; seq: number; file: FileLine }) {
  const [isBusy, setBusy] = useState(false);
  const [digest, setDigest] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  async function save() {
    setBusy(true);
    setProblem(null);
    const taken = await takeFile(id, seq);
    setBusy(false);
    if (!taken.ok) return setProblem(taken.sentence);
    setDigest(await sha256Of(taken.blob));
    saveFile(taken.blob, taken.name);
  }

  return (
    <div className="mt-2 space-y-2">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <span>
          {file.mediaType}, {file.size}. By what it begins with; its name may say something else.
        </span>
        <Button size="small" pending={isBusy} pendingLabel="Opening" onClick={() => void save()}>
          Save the file
        </Button>
      </div>
      {digest !== null && (
        <div>
          SHA-256
          <CopiedHash value={digest} what="the digest" />
        </div>
      )}
      {problem !== null && (
        <Notice tone="caution" title="Nothing was saved." announce="assertive">
          {problem}
        </Notice>
      )}
    </div>
  );
}

type Taken = { ok: true; blob: Blob; name: string } | { ok: false; sentence: string };

async function takeFile(id: string, seq: number): Promise<Taken> {
  try {
    const query = new URLSearchParams({ id, seq: String(seq) });
    const answer = await fetch(`/api/privacy/requests/files?${query.toString()}`);
    if (!answer.ok) return { ok: false, sentence: await answer.text() };
    const said = /filename="(?<name>[\w.-]+)"/.exec(
      answer.headers.get('content-disposition') ?? '',
    );
    return { ok: true, blob: await answer.blob(), name: said?.groups?.['name'] ?? `file-${seq}` };
  } catch {
    return { ok: false, sentence: noAnswer };
  }
}
