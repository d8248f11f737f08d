import type { OperationView } from '#lib/operations/view-operation.ts';
import { isRecertification } from '../custody/listing-facts.tsx';
import { plainDecimal } from './operation-amount.tsx';

/** The sentence a person decides on, read from the intent that is signed. */
export function OperationTitle({ view }: { view: OperationView }) {
  const { intent, amount } = view;
  switch (intent.kind) {
    case 'withdrawal':
      return (
        <>
          Send{' '}
          <strong className="whitespace-nowrap">
            <data value={plainDecimal(amount ?? '')}>{amount}</data> {intent.asset}
          </strong>{' '}
          from <strong className="whitespace-nowrap">{view.vault?.name ?? intent.vault}</strong> to
          client <strong className="whitespace-nowrap">{intent.client}</strong>’s listed address
        </>
      );
    case 'vault-transfer':
      return (
        <>
          Move{' '}
          <strong className="whitespace-nowrap">
            <data value={plainDecimal(amount ?? '')}>{amount}</data> {intent.asset}
          </strong>{' '}
          from vault{' '}
          <strong className="whitespace-nowrap">{view.vault?.name ?? intent.vault}</strong> to vault{' '}
          <strong className="whitespace-nowrap">{intent.destination.vault}</strong>
        </>
      );
    case 'destination-listing':
      return (
        <>
          {isRecertification(view) ? 'Certify again' : 'List'} an address to which{' '}
          <strong>{intent.destination.asset}</strong> of client{' '}
          <strong className="whitespace-nowrap">{intent.destination.client}</strong> may leave
        </>
      );
    case 'key-ceremony':
      return (
        <>
          Make the key of {intent.vault.tier} vault{' '}
          <strong>{view.reason ?? intent.vault.id}</strong>, of which any{' '}
          <strong>{intent.threshold}</strong> of <strong>{intent.parties.length}</strong> parties
          sign
        </>
      );
    case 'roster-change':
      return <RosterTitle view={view} version={intent.roster.version} />;
    default:
      return <OtherTitle intent={intent} view={view} />;
  }
}

type OtherIntent = Exclude<
  OperationView['intent'],
  {
    kind:
      | 'withdrawal'
      | 'vault-transfer'
      | 'destination-listing'
      | 'key-ceremony'
      | 'roster-change';
  }
>;

function OtherTitle({ intent, view }: { intent: OtherIntent; view: OperationView }) {
  switch (intent.kind) {
    case 'policy-change':
      return (
        <>
          Change the policy to version <strong>{intent.policy.version}</strong>
        </>
      );
    case 'destination-removal':
      return (
        <>
          Remove destination <strong className="wrap-anywhere">{intent.destination}</strong>
          {view.destination && (
            <>
              , an address of client{' '}
              <strong className="whitespace-nowrap">{view.destination.client}</strong>
            </>
          )}
        </>
      );
    case 'freeze':
      return (
        <>
          Freeze <strong>{scopeText(intent.scope)}</strong>
        </>
      );
    case 'release':
      return view.freeze ? (
        <>
          Release <strong>{inside(view.freeze.scope)}</strong>, frozen by{' '}
          <strong className="whitespace-nowrap">{view.freeze.number}</strong>
        </>
      ) : (
        <>Release a freeze</>
      );
    case 'revocation':
      return (
        <>
          End {intent.credential === null ? 'every key' : 'a key'} of{' '}
          <strong>{view.revoked?.person ?? intent.person}</strong>
        </>
      );
    case 'proof-of-control':
      return (
        <>
          Prove control of vault <strong>{intent.vault}</strong>
        </>
      );
    case 'key-refresh':
      return (
        <>
          Refresh the shares of key <strong>{intent.key}</strong>
        </>
      );
    case 'key-repair':
      return (
        <>
          Restore the share of key <strong>{intent.key}</strong> at party{' '}
          <strong>{intent.party}</strong>
        </>
      );
    case 'key-backup':
      return (
        <>
          Back up the shares of key <strong>{intent.key}</strong>
        </>
      );
  }
}

/** A scope inside a sentence. */
const inside = (scope: string): string => `${scope.charAt(0).toLowerCase()}${scope.slice(1)}`;

function scopeText(scope: Extract<OperationView['intent'], { kind: 'freeze' }>['scope']): string {
  if (scope.what === 'everything') return 'everything';
  return scope.what === 'asset' ? scope.asset : `vault ${scope.vault}`;
}

function RosterTitle({ view, version }: { view: OperationView; version: number }) {
  const { roster } = view;
  const [person] = roster?.added ?? [];
  const isAdmission =
    person !== undefined &&
    roster?.added.length === 1 &&
    roster.removed.length +
      roster.changed.length +
      roster.arrangements.length +
      roster.other.length ===
      0;
  if (!isAdmission)
    return (
      <>
        Change the roster to version <strong>{version}</strong>
        {roster && <RosterGist diff={roster} />}
      </>
    );
  return (
    <>
      Admit <strong>{person.name}</strong> to the roster
      {person.group !== null && (
        <>
          , acting for <strong>{person.group}</strong>
        </>
      )}
    </>
  );
}

/** The one thing that a roster change is about, where it is about one. */
function RosterGist({ diff }: { diff: NonNullable<OperationView['roster']> }) {
  const { added, removed, changed, arrangements, other } = diff;
  const about = [...removed, ...changed.map(({ person }) => person)];
  if (added.length + other.length > 0) return null;
  const [first] = about;
  if (first && about.length === 1)
    return (
      <>
        : {removed.length === 1 ? 'remove ' : 'change what stands for '}
        <strong>{first.name}</strong>
      </>
    );
  const [arrangement] = arrangements;
  if (arrangement && about.length === 0 && arrangements.length === 1)
    return (
      <>
        : {gists[arrangement.about]} <strong>{arrangement.how}</strong>
      </>
    );
  return null;
}

const gists = { delegation: 'a delegation is', custodians: 'a group of custodians is' } as const;
