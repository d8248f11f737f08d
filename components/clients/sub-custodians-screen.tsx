import type {
  SubCustodiansView,
  SubCustodianView,
} from '#lib/clients/sub-custodians/list-sub-custodians.ts';
import { subCustodianStates } from '#lib/clients/sub-custodians/sub-custodian.ts';
import { LiveRefresh } from '../live/live-refresh.tsx';
import { countOf } from '../operations/counts.ts';
import { Pager } from '../operations/pager.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Code } from '../ui/grouped.tsx';
import { PageHeader, SectionHeading } from '../ui/page-header.tsx';
import { Panel, PanelRow } from '../ui/panel.tsx';
import { StatusMark } from '../ui/status-mark.tsx';
import { Time } from '../ui/time.tsx';
import { ClientsTabs } from './clients-tabs.tsx';
import { ClockMark } from './clock-mark.tsx';
import { SubCustodianActs, SubCustodianForm } from './sub-custodian-acts.tsx';

const isUrgent = ({ state, informed, checked, reviewed }: SubCustodianView): boolean =>
  state === 'not-authorised' ||
  [informed, checked, reviewed].some((clock) => clock.state === 'overdue');

/** Other custodians that keep clients' assets (MiCA Art 75(9)). */
export function SubCustodiansScreen({
  view,
  isFirst,
}: {
  view: SubCustodiansView;
  isFirst: boolean;
}) {
  const { open, ended, next, canWrite } = view;
  return (
    <>
      <PageHeader
        title="Sub-custodians"
        state={isFirst ? screenState(open) : 'Those that ended earlier.'}
        action={canWrite && <SubCustodianForm />}
      />
      <ClientsTabs current="/clients/sub-custodians" />
      {isFirst && <LiveRefresh topics={['clients']} />}
      <div className="max-w-[56rem] space-y-8">
        {isFirst && open.length === 0 ? (
          <EmptyState title="No other custodian keeps anything for clients">
            Record one before anything goes there. Only a provider that is authorised for custody
            may keep clients’ assets, and clients are told.
          </EmptyState>
        ) : (
          isFirst && (
            <section>
              <SectionHeading>In use</SectionHeading>
              <Panel label="Sub-custodians in use, newest first">
                {open.map((one) => (
                  <Row key={one.id} one={one} canWrite={canWrite} />
                ))}
              </Panel>
            </section>
          )
        )}
        {ended.length > 0 && (
          <section>
            <SectionHeading>Ended</SectionHeading>
            <Panel label="Sub-custodians that ended, newest first">
              {ended.map((one) => (
                <Row key={one.id} one={one} canWrite={false} />
              ))}
            </Panel>
          </section>
        )}
        <Pager
          first={isFirst ? null : '/clients/sub-custodians'}
          next={next && `/clients/sub-custodians?before=${next}`}
          what="sub-custodians"
        />
      </div>
    </>
  );
}

function screenState(open: readonly SubCustodianView[]): string {
  if (open.length === 0) return 'All assets are kept by ourselves.';
  const urgent = open.filter(isUrgent).length;
  const count = `${countOf(open.length, 'other custodian keeps', 'other custodians keep')} assets of clients`;
  return urgent === 0
    ? `${count}, ${open.length === 1 ? 'authorised' : 'all of them authorised'} and checked in time.`
    : `${count}; ${urgent} ${urgent === 1 ? 'needs' : 'need'} you now.`;
}

function Row({ one, canWrite }: { one: SubCustodianView; canWrite: boolean }) {
  const { number, name, state, authorisation, memberState, lei, assets, from, steps } = one;
  return (
    <PanelRow
      title={
        <>
          <bdi>{name}</bdi>, <Code>{number}</Code>
        </>
      }
      aside={
        <StatusMark
          shape={state === 'in-use' ? 'dot' : state === 'ended' ? 'square' : 'triangle'}
          tone={state === 'in-use' ? 'good' : state === 'ended' ? 'quiet' : 'danger'}
        >
          {subCustodianStates[state]}
        </StatusMark>
      }
    >
      <p>
        Keeps {assets.join(', ')} since <Time instant={from} style="day" />. Authorised in{' '}
        {memberState}: <bdi>{authorisation}</bdi>.{lei !== null && ` LEI ${lei}.`}
      </p>
      {state !== 'ended' && (
        <dl className="mt-2 grid gap-x-4 gap-y-1 medium:grid-cols-[10rem_minmax(0,1fr)]">
          <dt>Clients informed</dt>
          <dd>
            <ClockMark clock={one.informed} />
          </dd>
          <dt>Check authorisation</dt>
          <dd>
            <ClockMark clock={one.checked} />
          </dd>
          <dt>Review due diligence</dt>
          <dd>
            <ClockMark clock={one.reviewed} />
          </dd>
        </dl>
      )}
      {steps.toReversed().map(({ seq, step, at, by, text }) => (
        <p key={seq} className="mt-1">
          {stepWords[step] ?? step} <Time instant={at} style="minute" /> by <bdi>{by}</bdi>:{' '}
          <bdi className="whitespace-pre-wrap">{text}</bdi>
        </p>
      ))}
      {canWrite && <SubCustodianActs one={one} />}
    </PanelRow>
  );
}

const stepWords: Readonly<Record<string, string>> = {
  informed: 'Clients were informed',
  checked: 'Checked',
  ended: 'Ended',
};
