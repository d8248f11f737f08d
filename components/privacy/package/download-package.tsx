'use client';

import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { CopiedHash } from '../../ui/copied-hash.tsx';
import { noAnswer } from '../../ui/key-problem.ts';
import { Notice } from '../../ui/notice.tsx';
import { Panel, PanelRow } from '../../ui/panel.tsx';
import { saveFile } from '../requests/save-file.ts';
import { sha256Of } from '../requests/sha256-of.ts';

/** Saves the file that was approved, to be sent; what was saved is digested here once more. */
export function DownloadPackage({ id, keptDays }: { id: string; keptDays: number }) {
  const [isBusy, setBusy] = useState(false);
  const [digest, setDigest] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  async function save() {
    setBusy(true);
    setProblem(null);
    const taken = await take(id);
    setBusy(false);
    if (!taken.ok) return setProblem(taken.sentence);
    setDigest(await sha256Of(taken.blob));
    saveFile(taken.blob, taken.name);
  }

  return (
    <Panel>
      <PanelRow
        title="Approved, to be sent"
        aside={
          <Button size="small" pending={isBusy} pendingLabel="Opening" onClick={() => void save()}>
            Save the file
          </Button>
        }
      >
        Each time it is saved is written down. It is erased {keptDays} days after the last answer.
        {digest !== null && (
          <span className="mt-2 block" aria-live="polite">
            SHA-256 of what was saved
            <CopiedHash value={digest} what="the digest" />
          </span>
        )}
      </PanelRow>
      {problem !== null && (
        <Notice tone="caution" title="Nothing was saved." announce="assertive">
          {problem}
        </Notice>
      )}
    </Panel>
  );
}

type Taken = { ok: true; blob: Blob; name: string } | { ok: false; sentence: string };

async function take(id: string): Promise<Taken> {
  try {
    const query = new URLSearchParams({ id });
    const answer = await fetch(`/api/privacy/requests/package?${query.toString()}`);
    if (!answer.ok) return { ok: false, sentence: await answer.text() };
    const named = /filename="([^"]+)"/.exec(answer.headers.get('content-disposition') ?? '');
    return { ok: true, blob: await answer.blob(), name: named?.[1] ?? 'package.zip' };
  } catch {
    return { ok: false, sentence: noAnswer };
  }
}
