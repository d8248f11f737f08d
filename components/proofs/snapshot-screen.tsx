import type { SnapshotView } from '#lib/operations/proofs/view-snapshot.ts';
import { LiveRefresh } from '../live/live-refresh.tsx';
import { chainName } from '../operations/address-fact.tsx';
import { countOf } from '../operations/counts.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { CopiedHash } from '../ui/copied-hash.tsx';
import { DescriptionList, Footing, type Description } from '../ui/description-list.tsx';
import { Code, Digest } from '../ui/grouped.tsx';
import { PageHeader, SectionHeading } from '../ui/page-header.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { Time } from '../ui/time.tsx';
import { AskedProofs } from './asked-proofs.tsx';
import { CoverageList } from './coverage-list.tsx';
import { proofTopics, snapshotState } from './proof-words.ts';
import { ReservesList } from './reserves-list.tsx';
import { SaveClientProof } from './save-client-proof.tsx';
import { SavePublication } from './save-publication.tsx';

function recordOf(view: SnapshotView): Description[] {
  return [
    {
      term: 'Digest',
      detail: (
        <Digest value={view.digest} words={view.words}>
          <CopyButton text={view.digest} what="the digest" />
        </Digest>
      ),
    },
    {
      term: 'Books closed',
      detail: (
        <>
          <Time instant={view.closedAt} />
          <Footing>
            with journal{' '}
            {view.lastJournal === '0' ? (
              'none'
            ) : (
              <TextLink href={`/ledger/journals/${view.lastJournal}`}>
                <Code>{view.lastJournal}</Code>
              </TextLink>
            )}{' '}
            as the newest; the snapshot was ready <Time instant={view.takenAt} />
          </Footing>
        </>
      ),
    },
    ...view.coverage.map(({ asset, root }) => ({
      term: `Root of ${asset}`,
      detail: root ? (
        <>
          <CopiedHash value={root.hash} what={`the root of ${asset}`} />
          <Footing>{countOf(root.depth, 'level')} over pieces of all clients’ balances</Footing>
        </>
      ) : (
        'No client ever had any.'
      ),
    })),
    { term: 'Balances', detail: `${view.balances} in the trees, those of 0 too` },
    {
      term: 'Commitment to the seed',
      detail: (
        <>
          <CopiedHash value={view.seedCommitment} what="the commitment to the seed" />
          <Footing>
            The seed is secret. Whoever is shown it can check it against this, and build the trees
            again.
          </Footing>
        </>
      ),
    },
    ...view.blocks.map(({ chain, height, hash }) => ({
      term: `Block on ${chainName(chain)}`,
      id: `block ${chain}`,
      detail: (
        <>
          <Code>{String(height)}</Code>
          <CopiedHash value={hash} what="the hash of the block" />
          <Footing>Signatures naming this block were made after it.</Footing>
        </>
      ),
    })),
  ];
}

/** With the keys of vaults, from which the addresses of all owners follow. */
function ForAuditors({ snapshot }: { snapshot: string }) {
  return (
    <section>
      <SectionHeading>For auditors</SectionHeading>
      <p className="mb-3 max-w-prose">
        The file for auditors has the public key of each vault in which every owner has addresses of
        their own, so that all of them can be derived and added up. Whoever has it can read each
        client’s balance off the chain by trying client numbers: do not publish it.
      </p>
      <SavePublication snapshot={snapshot} reader="auditors" />
    </section>
  );
}

/** One snapshot: what it states, whose keys answer for it, and the files for everybody and for a client. */
export function SnapshotScreen({ view }: { view: SnapshotView }) {
  return (
    <>
      <PageHeader
        crumbs={[{ label: 'Proofs', href: '/proofs' }, { label: 'Snapshot' }]}
        title={
          <>
            Snapshot of <Time instant={view.closedAt} />
          </>
        }
        state={snapshotState(view)}
        action={<SavePublication snapshot={view.id} reader="everybody" />}
      />
      <LiveRefresh topics={proofTopics} />
      <div className="space-y-8">
        <CoverageList coverage={view.coverage} />
        <ReservesList view={view} />
        {view.hasKeys && <ForAuditors snapshot={view.id} />}
        <section>
          <SectionHeading>A client’s proof</SectionHeading>
          {view.noProofs === null ? (
            <SaveClientProof snapshot={view.id} />
          ) : (
            <p className="max-w-prose">{view.noProofs}</p>
          )}
          <AskedProofs snapshot={view.id} proofs={view.proofs} />
          <p className="mt-4 max-w-prose text-sm text-text-quiet">
            Anybody checks the files without this console:{' '}
            <span translate="no" className="figures-mono">
              npm run verify:proof -- SNAPSHOT.json PROOF.json
            </span>
          </p>
        </section>
        <section>
          <SectionHeading>What was stated</SectionHeading>
          <DescriptionList items={recordOf(view)} />
        </section>
      </div>
    </>
  );
}
