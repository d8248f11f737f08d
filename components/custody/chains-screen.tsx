import type { ChainsView, ChainView } from '#lib/operations/view-chains.ts';
import { chainName } from '../operations/address-fact.tsx';
import { countOf } from '../operations/counts.ts';
import { ChainDecision } from './chain-decision.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { Panel, PanelRow } from '../ui/panel.tsx';
import { StatusMark, type StatusShape } from '../ui/status-mark.tsx';
import { Time } from '../ui/time.tsx';
import type { Tone } from '../ui/tone.ts';

/** Whether the nodes of every chain answer, and two of one chain tell of the same. */
export function ChainsScreen({
  view: { chains, at, mayDecide },
}: {
  view: ChainsView & { mayDecide: boolean };
}) {
  const unwell = chains.filter(
    ({ verdict, held }) => (verdict !== 'ok' && verdict !== 'no-access') || held.length > 0,
  ).length;
  return (
    <div className="max-w-[56rem]">
      <PageHeader
        title="Chains"
        crumbs={[{ label: 'Vaults', href: '/vaults' }, { label: 'Chains' }]}
        state={
          unwell === 0
            ? `${countOf(chains.length, 'chain')}, and every node that is set answers.`
            : `${countOf(unwell, 'chain')} of ${chains.length} can’t be relied on now. What rests on it waits; nothing is lost by waiting.`
        }
      />
      <Panel label="Chains that vaults lie on">
        {chains.map((chain) => (
          <ChainRow key={chain.chain} chain={chain} mayDecide={mayDecide} />
        ))}
      </Panel>
      <p className="prose-line mt-2 text-text-quiet">
        Asked <Time instant={at} /> by the web server itself. Load the page again for a newer
        answer. The worker asks the nodes too, and builds, credits and sends nothing on two that
        differ.
      </p>
    </div>
  );
}

const looks: Readonly<
  Record<ChainView['verdict'], { shape: StatusShape; tone: Tone; words: string }>
> = {
  ok: { shape: 'dot', tone: 'good', words: 'Answers' },
  'no-access': { shape: 'ring', tone: 'quiet', words: 'There; only the worker may ask it' },
  differ: { shape: 'triangle', tone: 'danger', words: 'The two nodes tell of different chains' },
  behind: { shape: 'triangle', tone: 'caution', words: 'One node is far behind the other' },
  'one-away': { shape: 'triangle', tone: 'caution', words: 'One of the two nodes gives no answer' },
  unreachable: { shape: 'triangle', tone: 'danger', words: 'No answer' },
  'other-chain': { shape: 'triangle', tone: 'danger', words: 'A node belongs to another chain' },
};

const standsStill = { shape: 'triangle', tone: 'danger', words: 'Payments stand still' } as const;

function ChainRow({ chain, mayDecide }: { chain: ChainView; mayDecide: boolean }) {
  const { nodes, verdict, confirmations, held, missed, decisions } = chain;
  // A node that answers is no comfort while nothing is paid out.
  const { shape, tone, words } =
    held.length > 0 && looks[verdict].tone !== 'danger' ? standsStill : looks[verdict];
  const isPair = nodes.length > 1;
  return (
    <PanelRow
      title={chainName(chain.chain)}
      aside={
        <StatusMark shape={shape} tone={tone}>
          {verdict === 'ok' && isPair && held.length === 0 ? 'Both nodes agree' : words}
        </StatusMark>
      }
    >
      {nodes.map((node, index) => (
        <span key={index} className="block">
          {isPair ? `Node ${index + 1}: ` : ''}
          {node.answers ? (
            <>
              newest {chain.chain.startsWith('solana:') ? 'final slot' : 'block'}{' '}
              <span className="text-text tabular-nums">{node.newest}</span>
            </>
          ) : (
            <>
              no answer (<span className="figures-mono">{node.why}</span>)
            </>
          )}
        </span>
      ))}
      <span className="block">
        {confirmations === null
          ? 'The chain itself says what is final.'
          : `Final after ${countOf(confirmations, 'block')}, its own included.`}
        {!isPair && ' One node is set, so nobody contradicts it.'}
      </span>
      {held.map((sentence) => (
        <span key={sentence} className="block text-text">
          {sentence}
        </span>
      ))}
      {missed.map((sentence) => (
        <span key={sentence} className="block">
          {sentence}
        </span>
      ))}
      {mayDecide &&
        decisions.map((decision) => (
          <ChainDecision key={decision.kind} chain={chain.chain} decision={decision} />
        ))}
    </PanelRow>
  );
}
