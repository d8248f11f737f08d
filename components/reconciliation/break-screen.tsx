import { isUnknownAsset } from '#lib/chains/unknown-asset.ts';
import type { BreakView } from '#lib/reconciliation/view-break.ts';
import { LiveRefresh } from '../live/live-refresh.tsx';
import { OperationAmount } from '../operations/operation-amount.tsx';
import { Notice } from '../ui/notice.tsx';
import { PageHeader, SectionHeading } from '../ui/page-header.tsx';
import { RecordColumns } from '../ui/panel.tsx';
import { Time } from '../ui/time.tsx';
import { BreakCorrections } from './break-corrections.tsx';
import { BreakFacts } from './break-facts.tsx';
import { BreakHistory } from './break-history.tsx';
import { BreakSides } from './break-sides.tsx';
import { BreakWork } from './break-work.tsx';
import { causeSentence, heldAgainst, placeName } from './reconciliation-words.ts';

/** One break: the difference, both sides, what happened to it, and what can be done. */
export function BreakScreen({ record }: { record: BreakView }) {
  const { number, amount, asset, sign, state, isLate, dueAt } = record;
  return (
    <>
      <PageHeader
        crumbs={[{ label: 'Reconciliation', href: '/reconciliation' }, { label: number }]}
        title={
          <>
            <OperationAmount value={amount} asset={asset} />{' '}
            {sign === 'shortfall' ? 'less' : 'more'} than {heldAgainst(record.kind)}
          </>
        }
        state={
          <>
            {causeSentence(record.cause)} In {placeName(record)}.
          </>
        }
      />
      <LiveRefresh topics={['reconciliation']} />
      <div className="mb-6 space-y-3 empty:hidden">
        {record.unproved && <UnprovedNotice record={record} unproved={record.unproved} />}
        {(state !== 'closed' || record.unproved) && sign === 'shortfall' && (
          <StopNotice record={record} />
        )}
        {isUnknownAsset(asset) && (
          <Notice tone="caution" title="This asset is not known here.">
            Somebody sent a token that is in no list of this console:{' '}
            <span translate="no" className="figures-mono break-all">
              {tokenOf(record)}
            </span>
            . The amount is in its smallest unit, since nothing here says how many decimals it has.
            It stands in suspense and is offered for no withdrawal. Find out whose it is, or explain
            it.
          </Notice>
        )}
        {isLate && (
          <Notice tone="danger" title="It was to be closed by now.">
            It was due <Time instant={dueAt} style="minute" />.
          </Notice>
        )}
      </div>
      <RecordColumns
        facts={
          <div className="space-y-8">
            <BreakFacts record={record} />
            <BreakSides record={record} />
          </div>
        }
        aside={
          <>
            <BreakWork key={record.revision} record={workOf(record)} />
            <BreakCorrections record={record} />
            <section>
              <SectionHeading>What happened</SectionHeading>
              <BreakHistory record={record} />
            </section>
          </>
        }
      />
    </>
  );
}

/** That it counts as open all the same, because two people are not shown to have signed the closing. */
function UnprovedNotice({
  record: { sign, cause },
  unproved: { fault, incident },
}: {
  record: BreakView;
  unproved: NonNullable<BreakView['unproved']>;
}) {
  const counts = sign === 'shortfall' && cause !== 'timing' && ' Until then it counts as missing.';
  if (fault === null)
    return (
      <Notice tone="caution" title="The closing is not verified yet.">
        The worker verifies what both people signed, within seconds while it runs.{counts}
      </Notice>
    );
  return (
    <Notice tone="danger" title="The closing is not proved.">
      It is kept as closed, but {fault}. Ask the people it names, and see incident {incident}. The
      next run of its place opens it again.{counts}
    </Notice>
  );
}

/** Who stops withdrawals while it is open: rules of the policy where there are any, or the console. */
function StopNotice({ record: { asset, overLimit, cause, rules } }: { record: BreakView }) {
  if (cause === 'timing') return null;
  if (rules.length > 0)
    return (
      <Notice
        tone={overLimit ? 'danger' : 'caution'}
        title={`The policy in force says which ${asset} may still leave.`}
      >
        {rules.map((rule) => (
          <span key={rule} className="mt-1 block">
            {rule}
          </span>
        ))}
        {overLimit && (
          <span className="mt-1 block">
            A withdrawal that none of these rules looks at is refused by the console, since this
            shortfall is beyond the asset’s limit.
          </span>
        )}
      </Notice>
    );
  if (!overLimit) return null;
  return (
    <Notice tone="danger" title={`No ${asset} is paid out.`}>
      This shortfall is beyond the asset’s limit. Withdrawals can be raised again when it is closed.
      The console alone stops them: the policy has no rule about it, so parties don’t look.
    </Notice>
  );
}

/** Address of the token on its chain, as the run read it. */
const tokenOf = ({ outside }: BreakView): string =>
  outside[0]?.reference ?? 'its address is in the runs';

/** Only what the buttons need goes to the browser. */
const workOf = ({ id, revision, state, proposal, cause, can }: BreakView) => ({
  id,
  revision,
  state,
  proposal,
  isTiming: cause === 'timing',
  can,
});
