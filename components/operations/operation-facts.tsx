import type { OperationView } from '#lib/operations/view-operation.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { DescriptionList, Footing, type Description } from '../ui/description-list.tsx';
import { Digest } from '../ui/grouped.tsx';
import { Notice } from '../ui/notice.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { Time } from '../ui/time.tsx';
import { subjectFacts } from './subject-facts.tsx';
import { UnusualFact } from './unusual-fact.tsx';

/** Kinds that are compared with what is on record while they are open. */
const compared: readonly OperationView['kind'][] = [
  'withdrawal',
  'destination-listing',
  'key-ceremony',
];

/** What a person decides by, in the order they decide: subject, why, who, rule, what is unusual, digest. */
export function OperationFacts({ view, serverNow }: { view: OperationView; serverNow: string }) {
  const items: Description[] = [
    ...subjectFacts(view, serverNow),
    {
      term: 'Raised by',
      detail: <RaisedBy view={view} />,
    },
    { term: 'Policy', detail: <PolicyFact view={view} /> },
    ...(view.unusual ? [{ term: 'Unusual', detail: <UnusualFact unusual={view.unusual} /> }] : []),
    ...(view.final && compared.includes(view.kind)
      ? [
          {
            term: 'Unusual',
            detail: (
              <span className="text-text-quiet">
                What was unusual was shown while it was open; it is not kept.
              </span>
            ),
          },
        ]
      : []),
    { term: 'Digest', detail: <DigestFact view={view} /> },
    { term: 'Id', detail: <IdFact id={view.id} /> },
  ];
  return <DescriptionList items={items} />;
}

function RaisedBy({ view }: { view: OperationView }) {
  const raised = view.statements.find(({ decision }) => decision === 'raise');
  return (
    <>
      <TextLink look="plain" href={`/operators/${view.raisedBy.id}`}>
        <bdi>{view.raisedBy.name}</bdi>
      </TextLink>
      {raised?.group && `, ${raised.group.charAt(0).toUpperCase()}${raised.group.slice(1)}`} ·{' '}
      <Time instant={view.raisedAt} />
      {raised && (
        <>
          {' '}
          · key “<bdi>{raised.keyLabel}</bdi>”
        </>
      )}
      {raised?.sandboxKey && <span className="text-text-quiet">, a sandbox software key</span>}
    </>
  );
}

function PolicyFact({ view }: { view: OperationView }) {
  const { movedOn } = view;
  return (
    <>
      Version {view.policyVersion}, rule “{view.rule}”: {view.asks}
      {movedOn && (
        <Footing>
          <span className={movedOn.policyVersion === view.policyVersion ? '' : 'text-caution'}>
            In force now are policy {movedOn.policyVersion} and roster {movedOn.rosterVersion}; this
            was raised under policy {view.policyVersion} and roster {view.rosterVersion}. The
            stricter answer counts.
          </span>
        </Footing>
      )}
    </>
  );
}

/** By which the parties know it: the number is the console's own. */
function IdFact({ id }: { id: string }) {
  return (
    <span className="flex flex-wrap items-start justify-between gap-x-4">
      <span translate="no" className="figures-mono break-all text-text-quiet">
        {id}
      </span>
      <CopyButton text={id} what="the id of the operation" />
    </span>
  );
}

function DigestFact({ view }: { view: OperationView }) {
  return (
    <>
      <Digest value={view.digest} words={view.words} />
      {!view.digestHolds && (
        <div className="mt-2">
          <Notice tone="danger" title="The digest does not fit.">
            What is on record here is not what was signed. State nothing on it, and report it at
            once.
          </Notice>
        </div>
      )}
    </>
  );
}
