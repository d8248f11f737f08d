import { classifyAddressAction } from '#lib/clients/actions.ts';
import { classNames } from '#lib/clients/segregation/owner-class.ts';
import type { CheckLine, SegregationView } from '#lib/clients/segregation/view-segregation.ts';
import { LiveRefresh } from '../live/live-refresh.tsx';
import { countOf } from '../operations/counts.ts';
import { OperationAmount } from '../operations/operation-amount.tsx';
import { Pager } from '../operations/pager.tsx';
import { ChoiceField, SelectField, TextField } from '../ui/field.tsx';
import { NarrowLine } from '../ui/narrow-line.tsx';
import { Notice } from '../ui/notice.tsx';
import { PageHeader, SectionHeading } from '../ui/page-header.tsx';
import { Panel, PanelRow } from '../ui/panel.tsx';
import { StatusMark } from '../ui/status-mark.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { Time } from '../ui/time.tsx';
import { ActDialog } from './act-dialog.tsx';
import { AccountsSection } from './accounts-section.tsx';
import { AddressesTable } from './addresses-table.tsx';
import { CheckNow } from './check-now.tsx';
import { ClientField } from './client-field.tsx';
import { ClientsTabs } from './clients-tabs.tsx';
import { optionsOf } from './complaint-form.tsx';

/** What of it stands on a page: everything, or one list further on. */
type Part = 'all' | 'accounts' | 'checks';

const states: Readonly<Record<Exclude<Part, 'all'>, string>> = {
  accounts: 'Accounts of owners within vaults.',
  checks: 'Checks that were made earlier.',
};

/** Whose coins lie where, and whether owners are kept apart (MiCA Art 75(7)). */
export function SegregationScreen({ view, part }: { view: SegregationView; part: Part }) {
  const { accounts, breaches, canWrite } = view;
  const isFirst = part === 'all';
  return (
    <>
      <PageHeader
        title="Segregation"
        state={part === 'all' ? screenState(view) : states[part]}
        action={canWrite && <CheckNow />}
      />
      <ClientsTabs current="/clients/segregation" />
      {isFirst && <LiveRefresh topics={['clients']} />}
      <div className="space-y-8">
        {isFirst && breaches.length > 0 && <Breaches view={view} />}
        {isFirst && (
          <section>
            <SectionHeading action={canWrite && <ClassForm view={view} />}>
              Addresses
            </SectionHeading>
            <AddressesTable addresses={view.addresses} total={view.total} />
          </section>
        )}
        {part !== 'checks' && <AccountsSection accounts={accounts} isFirst={isFirst} />}
        {part !== 'accounts' && <Checks view={view} isFirst={isFirst} />}
      </div>
    </>
  );
}

function Checks({ view, isFirst }: { view: SegregationView; isFirst: boolean }) {
  return (
    <section>
      <SectionHeading>Checks</SectionHeading>
      <Table
        label="Checks of segregation, newest first"
        columns={columns}
        rows={view.checks}
        rowKey={({ id }) => id}
        mark={({ found }) => (found > 0 ? 'danger' : null)}
        empty="None was made yet. The worker makes one a day; you can make one now."
        foot={countOf(view.checks.length, 'check')}
      />
      <Pager
        first={isFirst ? null : '/clients/segregation'}
        next={view.next && `/clients/segregation?before=${view.next}`}
        what="checks"
      />
    </section>
  );
}

function screenState({ checks, found }: SegregationView): string {
  const [newest] = checks;
  if (!newest) return 'No check was made yet.';
  return found === 0
    ? 'The newest check found every address in one owner class, and owners kept apart.'
    : `The newest check found ${countOf(found, 'breach', 'breaches')}: put ${found === 1 ? 'it' : 'them'} right first.`;
}

function Breaches({ view: { breaches, checks, found } }: { view: SegregationView }) {
  const incident = checks.find((check) => check.incident !== null)?.incident;
  return (
    <section className="space-y-3">
      <Notice tone="danger" title="Owners are not kept apart.">
        {incident ? `It opened ${incident}.` : 'It stands here until it is put right.'}
      </Notice>
      <Panel label="What the newest check found">
        {breaches.map(({ words, subject, chain, about, amount }) => (
          <PanelRow key={`${words} ${subject} ${about ?? ''} ${amount?.asset ?? ''}`} title={words}>
            <p className="wrap-anywhere">
              <span className="figures-mono">{subject}</span>
              {chain !== null && `, ${chain}`}
              {about !== null && `, ${about}`}
              {amount && (
                <>
                  , <OperationAmount value={amount.text} asset={amount.asset} look="plain" />
                </>
              )}
            </p>
          </PanelRow>
        ))}
      </Panel>
      {found > breaches.length && (
        <p className="text-sm text-text-quiet">
          The first {breaches.length} of {found}. The check keeps all of them.
        </p>
      )}
    </section>
  );
}

const Found = ({ check: { found, incident } }: { check: CheckLine }) =>
  found === 0 ? (
    <StatusMark shape="dot" tone="good">
      All apart
    </StatusMark>
  ) : (
    <StatusMark shape="triangle" tone="danger">
      {countOf(found, 'breach', 'breaches')}
      {incident !== null && `, opened ${incident}`}
    </StatusMark>
  );

const columns: readonly Column<CheckLine>[] = [
  {
    id: 'at',
    head: 'Made',
    cell: (check) => (
      <>
        <Time instant={check.at} />
        <NarrowLine word="Found">
          <Found check={check} />
        </NarrowLine>
        <NarrowLine word="Made by">
          <bdi>{check.by}</bdi>
        </NarrowLine>
      </>
    ),
  },
  { id: 'found', narrow: 'hidden', head: 'Found', cell: (check) => <Found check={check} /> },
  { id: 'by', narrow: 'hidden', head: 'Made by', cell: ({ by }) => <bdi>{by}</bdi> },
  {
    id: 'digest',
    narrow: 'hidden',
    head: 'SHA-256 of what was looked at',
    quiet: true,
    wrap: true,
    cell: ({ digest }) => <span className="figures-mono wrap-anywhere">{digest}</span>,
  },
];

function ClassForm({ view: { chains, clients } }: { view: SegregationView }) {
  return (
    <ActDialog
      act={classifyAddressAction}
      label="Register an address"
      title="Whose coins lie at an address"
      size="small"
      done="Register it"
    >
      <p>
        For an address that the console did not make itself. An address has one owner class; it
        stays so.
      </p>
      <SelectField
        label="Chain"
        name="chain"
        options={chains.map((chain) => ({ value: chain, label: chain }))}
      />
      <TextField label="Address" name="address" look="mono" maxLength={128} />
      <ChoiceField label="Whose coins" name="ownerClass" options={optionsOf(classNames)} />
      <ClientField clients={clients} none="Not of one client alone" />
    </ActDialog>
  );
}
