import { chains } from '#lib/chains/registry.ts';
import type { BandView } from '#lib/operations/tiers/tier-holdings.ts';
import type { AssetTiers } from '#lib/operations/tiers/view-tiers.ts';
import { isInteractive } from '#lib/protocol/suites.ts';
import { countOf } from '../operations/counts.ts';
import { plainDecimal } from '../operations/operation-amount.tsx';
import { LinkButton } from '../ui/link-button.tsx';
import { Notice } from '../ui/notice.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { shareText } from './share-text.ts';

const hrefOf = (asset: string, from: string, to: string, amount: string): string =>
  `/vaults/transfer?${new URLSearchParams({ from, to, asset, amount: plainDecimal(amount) }).toString()}`;

const wouldMove = {
  sweep: 'would have to go into cold, and no cold vault lies on their chain.',
  refill: 'would have to come out of cold, and no other vault lies on their chain.',
} as const;

/** Whether a vault that is missing could be made: cold parties take part by documents, which not every kind of key allows. */
const canMove = {
  sweep: (asset: string): boolean =>
    chains.some(
      ({ assets, suites }) =>
        assets.some((entry) => entry.asset === asset) &&
        suites.some((suite) => !isInteractive(suite)),
    ),
  refill: (): boolean => true,
} as const;

/** What would bring the share back, each transfer with its exact amount and a form that has it filled in. */
export function TierProposal({
  of: { asset, proposal, underWay },
  band,
  canRaise,
}: {
  of: AssetTiers;
  band: BandView;
  canRaise: boolean;
}) {
  if (!proposal) return null;
  const { way, share, moves, missing } = proposal;
  const [title, why] =
    way === 'sweep'
      ? [
          'A sweep into cold is proposed.',
          `Cold would hold only ${shareText(share)} of ${asset}; more than ${shareText(band.floor)} is promised.`,
        ]
      : [
          'A refill out of cold is proposed.',
          `Cold would hold ${shareText(share)} of ${asset}; with more than ${shareText(band.ceiling)} little is at hand to pay out.`,
        ];
  if (moves.length === 0 && missing !== null)
    return (
      <Notice
        tone="caution"
        title={way === 'sweep' ? 'Nothing can be swept.' : 'Nothing can be refilled.'}
        action={canMove[way](asset) && <TextLink href="/vaults/new">Make a vault key</TextLink>}
      >
        {why}{' '}
        <span className="whitespace-nowrap tabular-nums">
          {missing} {asset}
        </span>{' '}
        {wouldMove[way]}
        {!canMove[way](asset) &&
          ' None can be made for it: a key of that chain signs only between parties that are on.'}
      </Notice>
    );
  return (
    <div className="space-y-3">
      <Notice tone="caution" title={title}>
        {why} {missing === null ? 'This brings it' : 'As far as vaults allow, this brings it'} to{' '}
        {shareText(band.aim)}
        {underWay.length > 0 &&
          `, with the ${countOf(underWay.length, 'operation')} under way counted as done. The form of a transfer counts what the ledger has now, so it shows another share`}
        .
      </Notice>
      <ul className="space-y-2">
        {moves.map(({ from, to, amount, isUnnamed }) => (
          <li key={from.id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
            <span>
              <strong className="whitespace-nowrap tabular-nums">
                {amount} {asset}
              </strong>{' '}
              from <bdi>{from.name}</bdi> to <bdi>{to.name}</bdi>
            </span>
            {isUnnamed && (
              <span>
                The policy must name <bdi>{to.name}</bdi> under Own vaults first.{' '}
                <TextLink href="/policy">Policy</TextLink>
              </span>
            )}
            {canRaise && !isUnnamed && (
              <LinkButton href={hrefOf(asset, from.id, to.id, amount)} size="small">
                Raise this transfer
              </LinkButton>
            )}
          </li>
        ))}
      </ul>
      {missing !== null && (
        <p>
          <strong className="whitespace-nowrap tabular-nums">
            {missing} {asset}
          </strong>{' '}
          {way === 'sweep'
            ? 'have no cold vault on their chain to go to.'
            : 'have no other vault on their chain to go to.'}{' '}
          <TextLink href="/vaults/new">Make a vault key</TextLink>
        </p>
      )}
    </div>
  );
}
