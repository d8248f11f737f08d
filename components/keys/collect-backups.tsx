'use client';

import { useState } from 'react';
import { collectBackupsAction } from '#lib/operations/keys/actions.ts';
import { saveText } from '../travel/save-text.ts';
import { Button } from '../ui/button.tsx';
import { Footing } from '../ui/description-list.tsx';
import { noAnswer } from '../ui/key-problem.ts';

/** Saves what the newest backup sealed as files, one of each party. */
export function CollectBackups({ operation }: { operation: string }) {
  const [isBusy, setBusy] = useState(false);
  const [said, setSaid] = useState<string[]>([]);

  async function collect() {
    setBusy(true);
    try {
      const answer = await collectBackupsAction(operation);
      if (!answer.ok) return setSaid([answer.refusal.sentence]);
      for (const { file } of answer.value) if (file) saveText(file.text, file.name);
      setSaid(
        answer.value.map(({ party, sentence }) =>
          sentence === null ? `${party}: saved.` : `${party}: ${sentence}`,
        ),
      );
    } catch {
      setSaid([noAnswer]);
    } finally {
      setBusy(false);
    }
  }

  return (
    <div className="screen-only">
      <Button pending={isBusy} pendingLabel="Asking the parties" onClick={() => void collect()}>
        Save the newest backup as files
      </Button>
      <Footing>
        They open only with parts of the custodians. Keep three copies of each at different sites.
      </Footing>
      <Footing>
        Each quarter drill one share of them, at the machine without a network:{' '}
        <span translate="no" className="figures-mono">
          npm run recover -- --backups FOLDER --drill --party NAME
        </span>
      </Footing>
      <div role="status" className="mt-1 text-sm">
        {said.map((line) => (
          <p key={line}>{line}</p>
        ))}
      </div>
    </div>
  );
}
