'use client';

import { useState } from 'react';
import { writeGenesisToCarryAction } from '#lib/operations/actions.ts';
import { ShowCodes } from '../travel/show-codes.tsx';
import { Button } from '../ui/button.tsx';
import { Code, Digest } from '../ui/grouped.tsx';
import { noAnswer } from '../ui/key-problem.ts';
import { Notice } from '../ui/notice.tsx';
import { SectionHeading } from '../ui/page-header.tsx';
import { Panel, PanelRow } from '../ui/panel.tsx';
import { Time } from '../ui/time.tsx';

/** The signed document for parties without a network, written for each when somebody is to carry it. */
export function CarryGenesis({ to }: { to: readonly string[] }) {
  if (to.length === 0) return null;
  return (
    <section className="mt-8">
      <SectionHeading>Carry it to the cold parties</SectionHeading>
      <p className="mb-3 prose-line text-text-quiet">
        Each takes the signed document on its own machine, checks every signature itself, and shows
        its words; compare them with the fingerprint above and pin it there with the set-up code.
        What it answers need not come back: the console hears of it with the first trip to it. One
        that has pinned it needs nothing more.
      </p>
      <Panel label="Cold parties that take the document">
        {to.map((name) => (
          <PanelRow key={name} title={`For party ${name}`}>
            <CarryTo name={name} />
          </PanelRow>
        ))}
      </Panel>
    </section>
  );
}

type Written = Awaited<ReturnType<typeof writeGenesisToCarryAction>>;

function CarryTo({ name }: { name: string }) {
  const [pending, setPending] = useState(false);
  const [written, setWritten] = useState<Written | null>(null);
  const [isLost, setLost] = useState(false);

  async function write() {
    setPending(true);
    const answer = await writeGenesisToCarryAction({ name }).catch(() => null);
    setPending(false);
    setWritten(answer);
    setLost(answer === null);
  }

  if (written?.ok) return <Document of={name} document={written.value} />;
  return (
    <div className="space-y-3">
      <Button pending={pending} pendingLabel="Writing" onClick={() => void write()}>
        Write the document
      </Button>
      {(isLost || written) && (
        <Notice tone="caution" title="Not written." announce="assertive">
          {written ? written.refusal.sentence : noAnswer}
        </Notice>
      )}
    </div>
  );
}

function Document({
  of,
  document: { text, digest, words, fileName, expiresAt },
}: {
  of: string;
  document: Extract<Written, { ok: true }>['value'];
}) {
  return (
    <div className="space-y-4">
      <p>
        Open it with <Code>{`npm run cold -- ${of}`}</Code> and its group, and give it this document
        until <Time instant={expiresAt} style="minute" />. These twelve words are the document’s
        own; its screen shows them first.
      </p>
      <Digest value={digest} words={words} />
      <ShowCodes text={text} fileName={fileName} what={`the genesis for ${of}`} />
    </div>
  );
}
