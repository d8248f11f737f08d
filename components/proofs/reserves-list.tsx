import { Fragment } from 'react';
import type { ReserveView, SnapshotView } from '#lib/operations/proofs/view-snapshot.ts';
import { chainName } from '../operations/address-fact.tsx';
import { OperationAmount } from '../operations/operation-amount.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { DescriptionList, Footing, type Description } from '../ui/description-list.tsx';
import { AddressBlock, Code, Hash } from '../ui/grouped.tsx';
import { LinkButton } from '../ui/link-button.tsx';
import { SectionHeading } from '../ui/page-header.tsx';
import { StatusMark } from '../ui/status-mark.tsx';
import { TextLink } from '../ui/text-link.tsx';

function signatureFact({ signature, open }: ReserveView): Description {
  if (signature)
    return {
      term: 'Signature',
      detail: (
        <>
          {signature.verifies ? (
            <StatusMark shape="dot" tone="good">
              Verifies under the address
            </StatusMark>
          ) : (
            <StatusMark shape="triangle" tone="danger">
              Does not verify
            </StatusMark>
          )}
          <div className="mt-1 text-sm">
            <Hash value={signature.text} />{' '}
            <CopyButton text={signature.text} what="the signature" />
          </div>
          <Footing>
            by{' '}
            <TextLink href={`/operations/${signature.operation}`}>
              <Code>{signature.number}</Code>
            </TextLink>
            , checked again when this page was drawn
          </Footing>
        </>
      ),
    };
  return {
    term: 'Signature',
    detail: (
      <>
        <StatusMark shape="ring" tone="caution">
          The key of this vault has not signed
        </StatusMark>
        {open && (
          <Footing>
            <TextLink href={`/operations/${open.operation}`}>
              <Code>{open.number}</Code>
            </TextLink>{' '}
            is under way
          </Footing>
        )}
      </>
    ),
  };
}

function factsOf(reserve: ReserveView): Description[] {
  return [
    {
      term: 'Address',
      detail: (
        <>
          <AddressBlock address={reserve.address} />{' '}
          <CopyButton text={reserve.address} what="the address" />
          <Footing>
            on {chainName(reserve.chain)}
            {reserve.isByOwner &&
              ': the custodian’s own. Every owner has addresses of their own, derived from the key that signs.'}
          </Footing>
        </>
      ),
    },
    {
      term: 'By the books',
      detail: reserve.amounts.map(({ asset, amount }) => (
        <div key={asset}>
          <OperationAmount value={amount} asset={asset} />
        </div>
      )),
    },
    signatureFact(reserve),
  ];
}

/** Each vault with its address, what the books say lies there, and the signature of its key. */
export function ReservesList({ view }: { view: SnapshotView }) {
  return (
    <div className="space-y-6">
      {view.reserves.map((reserve) => (
        <section key={reserve.vault} id={`vault-${reserve.vault}`}>
          <div className="flex flex-wrap items-start justify-between gap-x-4">
            <SectionHeading>{reserve.name}</SectionHeading>
            {view.mayRaise && reserve.signature === null && reserve.open === null && (
              <LinkButton size="small" href={`/proofs/${view.id}/control/${reserve.vault}`}>
                Prove control
              </LinkButton>
            )}
          </div>
          <DescriptionList items={factsOf(reserve)} />
        </section>
      ))}
      {view.empty.map(({ vault, name, amounts }) => (
        <p key={vault}>
          <strong>{name}</strong>:{' '}
          {amounts.map(({ asset, amount }) => (
            <Fragment key={asset}>
              <OperationAmount value={amount} asset={asset} />,{' '}
            </Fragment>
          ))}
          nothing to prove. Nothing had been booked in this vault by then.
        </p>
      ))}
    </div>
  );
}
