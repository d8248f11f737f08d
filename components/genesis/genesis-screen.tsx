import { listText } from '#lib/operations/genesis/founder-needs.ts';
import type { GenesisView } from '#lib/operations/genesis/view-genesis.ts';
import { LiveRefresh } from '../live/live-refresh.tsx';
import { RawText } from '../operations/raw-text.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { DescriptionList, Footing } from '../ui/description-list.tsx';
import { Code, Digest } from '../ui/grouped.tsx';
import { Notice } from '../ui/notice.tsx';
import { PageHeader, SectionHeading } from '../ui/page-header.tsx';
import { RecordColumns } from '../ui/panel.tsx';
import { Evidence } from '../ui/timeline.tsx';
import { CarryGenesis } from './carry-genesis.tsx';
import { ColdParties } from './cold-parties.tsx';
import { DrawUpGenesis } from './draw-up-genesis.tsx';
import { GenesisTask } from './genesis-task.tsx';
import { GenesisParties } from './genesis-parties.tsx';
import { GenesisPeople } from './genesis-people.tsx';
import { GenesisTimeline } from './genesis-timeline.tsx';
import { genesisState, redrawText } from './genesis-words.ts';
import { RefreshEvery } from './refresh-every.tsx';
import { SignGenesis } from './sign-genesis.tsx';

/** How often parties are asked while they are being pinned. */
const askPartiesSeconds = 5;

/** The document everything rests on: compared, signed by every founder, pinned by every party. */
export function GenesisScreen({
  genesis,
  you,
  mayMakeKey,
}: {
  genesis: GenesisView;
  you: string;
  mayMakeKey: boolean;
}) {
  const { state, document } = genesis;
  return (
    <>
      <LiveRefresh topics={['genesis', 'operators']} />
      {state === 'signed' && <RefreshEvery seconds={askPartiesSeconds} />}
      <RecordColumns
        facts={
          <>
            <PageHeader title="Genesis" state={genesisState(genesis)} />
            <Warnings genesis={genesis} />
            <GenesisTask genesis={genesis} mayMakeKey={mayMakeKey} />
            {document && <DocumentFacts genesis={genesis} document={document} />}
            <section className="mt-8">
              <SectionHeading>Parties</SectionHeading>
              <p className="mb-3 prose-line text-text-quiet">
                The console could show you anything. Each party shows at its own address what it
                holds itself: the same six words beside its name.
              </p>
              <GenesisParties parties={genesis.parties} />
            </section>
            <ColdParties cold={genesis.cold} drawUp={genesis.drawUp} />
            <CarryGenesis to={genesis.cold.toCarry} />
            <section className="mt-8">
              <SectionHeading>
                {document ? 'People of the first roster' : 'Founders so far'}
              </SectionHeading>
              <GenesisPeople genesis={genesis} you={you} />
            </section>
            {document && <Policy document={document} />}
            {document && <SignOrRedraw genesis={genesis} digest={document.digest} />}
          </>
        }
        aside={
          <section>
            <SectionHeading>How far it is</SectionHeading>
            <GenesisTimeline genesis={genesis} />
          </section>
        }
      />
    </>
  );
}

type Document = NonNullable<GenesisView['document']>;

function Warnings({
  genesis: { document, parties, newcomers, leavers, invited, drawUp },
}: {
  genesis: GenesisView;
}) {
  const different = parties.filter(({ state }) => state === 'differs').map(({ name }) => name);
  return (
    <div className="space-y-3 not-empty:mb-6">
      {document && !document.digestHolds && (
        <Notice tone="danger" title="The stored digest is not the document’s own.">
          Somebody changed one of them in the database. Do not sign; tell the other founders.
        </Notice>
      )}
      {different.length > 0 && (
        <Notice
          tone="danger"
          title={
            different.length === 1
              ? `Party ${different[0]} differs from this document.`
              : `Parties ${listText(different)} differ from this document.`
          }
        >
          Other keys run there, or another document is pinned. Do not sign before it is explained.
        </Notice>
      )}
      {newcomers.length > 0 && (
        <Notice tone="caution" title="Not everybody is in it.">
          {listText(newcomers)} registered after the document was drawn up. Only a new document
          includes them, and what was signed until then does not count for it. {redrawText(drawUp)}
        </Notice>
      )}
      {leavers.length > 0 && (
        <Notice tone="caution" title="Somebody in it was taken out.">
          {listText(leavers)} {leavers.length === 1 ? 'is no founder' : 'are no founders'} any more,
          so nobody can sign this document. {redrawText(drawUp)}
        </Notice>
      )}
      {!document && invited.length > 0 && (
        <Notice tone="caution" title="Not everybody has registered.">
          {listText(invited)} {invited.length === 1 ? 'was' : 'were'} invited and would not be in
          the document. Wait for them, unless they are not to found with you.
        </Notice>
      )}
    </div>
  );
}

function DocumentFacts({ genesis, document }: { genesis: GenesisView; document: Document }) {
  return (
    <DescriptionList
      items={[
        {
          term: 'Fingerprint',
          detail: (
            <Digest value={document.digest} words={document.words}>
              <CopyButton text={document.digest} what="the digest" />
            </Digest>
          ),
        },
        { term: 'Organisation', detail: <Code>{genesis.organisation}</Code> },
        {
          term: 'Environment',
          detail: (
            <>
              {genesis.mode === 'sandbox' ? 'Sandbox' : 'Production'}
              {genesis.mode === 'sandbox' && (
                <Footing>Software keys and synced passkeys count under this document.</Footing>
              )}
            </>
          ),
        },
        {
          term: 'Keys count at',
          detail: (
            <>
              {document.origins.join(', ')}
              <Footing>
                as <Code>{document.relyingParty}</Code>; a key pressed anywhere else counts for
                nothing
              </Footing>
            </>
          ),
        },
        {
          term: 'Whole document',
          detail: (
            <Evidence label="Canonical text, whose SHA-256 is the fingerprint">
              <RawText title="countersign/genesis/v1" text={document.text} what="the document" />
            </Evidence>
          ),
        },
      ]}
    />
  );
}

/** At the foot, because whoever signs has read what stands above. */
function SignOrRedraw({
  genesis: { state, sign, drawUp },
  digest,
}: {
  genesis: GenesisView;
  digest: string;
}) {
  if (state === 'pinned') return null;
  return (
    <>
      {state === 'collecting' && (
        <section id="sign" className="mt-10">
          <SectionHeading>Your signature</SectionHeading>
          {sign.allowed ? (
            <SignGenesis key={digest} digest={digest} />
          ) : (
            <p className="text-text-quiet">{sign.sentence}</p>
          )}
        </section>
      )}
      {drawUp.allowed && (
        <section className="mt-10">
          <SectionHeading>If something in it is wrong</SectionHeading>
          <p className="mb-3 prose-line text-text-quiet">
            A new document takes founders, keys, parties and settings as they are now. When anything
            in it differs, it has other words, and every founder compares and signs anew.
          </p>
          <DrawUpGenesis digest={digest} />
        </section>
      )}
    </>
  );
}

function Policy({ document }: { document: Document }) {
  return (
    <section className="mt-8">
      <SectionHeading>Policy</SectionHeading>
      <p className="mb-2 prose-line text-text-quiet">
        The first rule that fits decides. What no rule allows is refused. Who raises something never
        approves or co-signs it.
      </p>
      <ol className="list-decimal space-y-1.5 ps-6 marker:text-text-quiet">
        {document.rules.map(({ name, sentence }) => (
          <li key={name}>{sentence}</li>
        ))}
      </ol>
      <ul className="mt-3 space-y-1 text-text-quiet">
        {[...document.caps, ...document.lifetimes].map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </section>
  );
}
