/** What the person who looks does now, step by step; they do this once in their life. */
import type { ReactNode } from 'react';
import type { GenesisView } from '#lib/operations/genesis/view-genesis.ts';
import { Code } from '../ui/grouped.tsx';
import { LinkButton } from '../ui/link-button.tsx';
import { SectionHeading } from '../ui/page-header.tsx';
import { DrawUpGenesis } from './draw-up-genesis.tsx';

export function GenesisTask({
  genesis,
  mayMakeKey,
}: {
  genesis: GenesisView;
  mayMakeKey: boolean;
}) {
  switch (genesis.state) {
    case 'none':
      return <ToDrawUp genesis={genesis} />;
    case 'collecting':
      return genesis.sign.allowed ? <ToCompare /> : null;
    case 'signed':
      return <ToPin mode={genesis.mode} />;
    case 'pinned':
      return genesis.hasVault ? null : <ToMakeVault mayMakeKey={mayMakeKey} />;
  }
}

function Task({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="mb-8 rounded-md border border-line-strong bg-surface px-5 py-4">
      <SectionHeading>{title}</SectionHeading>
      {children}
    </section>
  );
}

function Steps({ children }: { children: ReactNode }) {
  return (
    <ol className="prose-line list-decimal space-y-1.5 ps-5 marker:text-text-quiet">{children}</ol>
  );
}

function ToDrawUp({ genesis: { drawUp } }: { genesis: GenesisView }) {
  return (
    <Task title="What to do now">
      <p className="prose-line">
        Whoever founds this organisation registers by their own link and stands below. Then one of
        you draws up the document: who you are, with which keys, which parties there are, and by
        which rules they act. Nothing is final before all of you have signed it.
      </p>
      <div className="mt-4">
        {drawUp.allowed ? (
          <DrawUpGenesis digest={null} />
        ) : (
          <p className="text-text-quiet">{drawUp.sentence}</p>
        )}
      </div>
    </Task>
  );
}

function ToCompare() {
  return (
    <Task title="Compare, then sign">
      <Steps>
        <li>
          <strong className="font-medium">The parties.</strong> Open each at its own address. The
          six words it shows for itself must be those that stand beside it here.
        </li>
        <li>
          <strong className="font-medium">The people.</strong> Together, in one room or on the
          telephone, each founder reads out the words of their own keys. They must be those that
          stand under their name here, in the part they are to play.
        </li>
        <li>
          <strong className="font-medium">The fingerprint.</strong> Its twelve words must be the
          same on every founder’s own screen.
        </li>
        <li>
          <strong className="font-medium">The policy.</strong> Read it: the parties will act by it.
        </li>
        <li>
          Then sign, at the{' '}
          <a href="#sign" className="text-accent underline underline-offset-3">
            foot of this page
          </a>
          . One word that differs means: do not sign, and tell the others.
        </li>
      </Steps>
    </Task>
  );
}

function ToPin({ mode }: { mode: GenesisView['mode'] }) {
  return (
    <Task title="Pin it at each party">
      <Steps>
        <li>
          Two of you open each party at its own address. It shows the document that the console
          offered it, and has checked every signature itself.
        </li>
        <li>
          Compare the twelve words there with the fingerprint here, and the people and parties.
        </li>
        <li>
          Enter that party’s set-up code and pin. The code lies in the file <Code>setup-code</Code>{' '}
          of its data folder{mode === 'sandbox' && ', which its page names'}; whoever runs the party
          reads it there.
        </li>
      </Steps>
      <p className="mt-3 prose-line text-text-quiet">
        A party pins once, for good. When every party has, genesis is in force within seconds; this
        page shows it.
      </p>
    </Task>
  );
}

function ToMakeVault({ mayMakeKey }: { mayMakeKey: boolean }) {
  return (
    <Task title="The first vault">
      <p className="prose-line">
        Roster and policy are in force, and from now on change only under their own rules. Next, the
        parties make a key together: a custody officer raises the ceremony, and one person of each
        group states.
      </p>
      {mayMakeKey && (
        <div className="mt-4">
          <LinkButton tone="primary" href="/vaults/new">
            Make the first vault’s key
          </LinkButton>
        </div>
      )}
    </Task>
  );
}
