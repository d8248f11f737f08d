'use client';

import { useState } from 'react';
import { writeGenesisToCarryAction } from '#lib/operations/actions.ts';
import type { ColdGenesis } from '#lib/operations/genesis/view-cold.ts';
import { ShowCodes } from '../travel/show-codes.tsx';
import { Button } from '../ui/button.tsx';
import { Code, Digest } from '../ui/grouped.tsx';
import { noAnswer } from '../ui/key-problem.ts';
import { Notice } from '../ui/notice.tsx';
import { SectionHeading } from '../ui/page-header.tsx';
import { Panel, PanelRow } from '../ui/panel.tsx';
import { Time } from '../ui/time.tsx';

type Site = ColdGenesis['toCarry'][number];

/** The signed document for parties without a network, written for each when somebody is to carry it. */
export function CarryGenesis({ to }: { to: readonly Site[] }) {
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
        {to.map((site) => (
          <PanelRow key={site.name} title={`For party ${site.name}`}>
            <CarryTo site={site} />
          </PanelRow>
        ))}
      </Panel>
    </section>
  );
}

type Written = Extract<
  Awaited<ReturnType<typeof writeGenesisToCarryAction>>,
  { ok: true }
>['value'];

/** The button stays: a document that has expired in the meantime is written anew. */
function CarryTo({ site }: { site: Site }) {
  const [pending, setPending] = useState(false);
  const [document, setDocument] = useState<Written | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  async function write() {
    setPending(true);
    setProblem(null);
    const answer = await writeGenesisToCarryAction({ name: site.name }).catch(() => null);
    setPending(false);
    if (answer?.ok) setDocument(answer.value);
    else setProblem(answer ? answer.refusal.sentence : noAnswer);
  }

  return (
    <div className="space-y-3">
      <Button pending={pending} pendingLabel="Writing" onClick={() => void write()}>
        {document ? 'Write it anew' : 'Write the document'}
        <span className="sr-only"> for party {site.name}</span>
      </Button>
      <p role="status" className="empty:hidden">
        {document && (
          <>
            Written, and good until <Time instant={document.expiresAt} style="minute" />.
          </>
        )}
      </p>
      {problem !== null && (
        <Notice tone="caution" title="Not written." announce="assertive">
          {problem}
        </Notice>
      )}
      {document && <Document site={site} document={document} />}
    </div>
  );
}

function Document({
  site: { name, group },
  document: { text, digest, words, fileName },
}: {
  site: Site;
  document: Written;
}) {
  return (
    <div className="space-y-4">
      <p>
        On its machine open the party with <Code>{`npm run cold -- ${name} --group ${group}`}</Code>{' '}
        and give it this document. These twelve words are the document’s own; its screen shows them
        first.
      </p>
      <Digest value={digest} words={words} />
      <ShowCodes text={text} fileName={fileName} what={`the genesis for ${name}`} />
    </div>
  );
}
