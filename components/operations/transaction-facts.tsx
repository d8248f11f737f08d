import type { ReactNode } from 'react';
import type { AmountText, TransactionContents } from '#lib/operations/transaction-contents.ts';
import type { TransactionView } from '#lib/operations/view-transaction.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Footing, type Description } from '../ui/description-list.tsx';
import { AddressBlock, Code, Hash } from '../ui/grouped.tsx';
import { OperationAmount } from './operation-amount.tsx';

type DetailsOf<F extends TransactionContents['details']['family']> = Extract<
  TransactionContents['details'],
  { family: F }
>;

const Money = ({ value, asset }: AmountText) => <OperationAmount value={value} asset={asset} />;

/** A full address with what is said of it, and the button that copies it. */
function Address({ address, children }: { address: string; children?: ReactNode }) {
  return (
    <span className="block">
      <span className="flex flex-wrap items-start justify-between gap-x-4">
        <AddressBlock address={address} />
        <CopyButton text={address} what={`the address ${address}`} />
      </span>
      {children && <span className="block text-text-quiet">{children}</span>}
    </span>
  );
}

/** What a transaction really does, by its chain. @param feePaid once the ledger has it. */
export function contentFacts(
  contents: TransactionContents,
  feePaid: TransactionView['feePaid'],
): Description[] {
  const { details } = contents;
  switch (details.family) {
    case 'bitcoin':
      return bitcoinFacts(contents, details);
    case 'ethereum':
      return ethereumFacts(contents, details, feePaid);
    case 'solana':
      return solanaFacts(contents, details);
  }
}

/** From where to where, and how much. */
const transferFacts = ({ from, to, amount, memo }: TransactionContents): Description[] => [
  { term: 'Moves', detail: <Money {...amount} /> },
  { term: 'From', detail: <Address address={from} /> },
  { term: 'To', detail: <Address address={to} /> },
  ...(memo === null
    ? []
    : [{ term: 'Memo', detail: <span className="figures-mono">{memo}</span> }]),
];

const solanaFacts = (
  contents: TransactionContents,
  { nonceAccount, nonceValue }: DetailsOf<'solana'>,
): Description[] => [
  ...transferFacts(contents),
  { term: 'Fee', detail: <Money {...contents.fee} /> },
  {
    term: 'Fee payer',
    detail: <Address address={contents.feePayer}>The custodian’s fee account</Address>,
  },
  { term: 'Nonce account', detail: <Address address={nonceAccount} /> },
  { term: 'Nonce value', detail: <Hash value={nonceValue} /> },
];

const roleWords = {
  recipient: 'Recipient',
  change: 'Change, back to the account that pays',
} as const;

const bitcoinFacts = (
  { amount, fee }: TransactionContents,
  { inputs, outputs, rate, virtualBytes, replaceable }: DetailsOf<'bitcoin'>,
): Description[] => [
  { term: 'Moves', detail: <Money {...amount} /> },
  {
    term: inputs.length === 1 ? 'Spends' : `Spends ${inputs.length}`,
    detail: (
      <>
        <ol className="space-y-3">
          {inputs.map((input) => (
            <li key={input.outpoint}>
              <Money {...input.amount} />
              <Address address={input.address}>
                Coin{' '}
                <span translate="no" className="figures-mono break-all">
                  {input.outpoint}
                </span>
              </Address>
            </li>
          ))}
        </ol>
        <Footing>
          Coins of the account that pays, at its address for deposits or at its address for change;
          no party signs for any other.
        </Footing>
      </>
    ),
  },
  {
    term: 'Pays',
    detail: (
      <ol className="space-y-3">
        {outputs.map((output) => (
          <li key={output.address}>
            <Money {...output.amount} />
            <Address address={output.address}>{roleWords[output.role]}</Address>
          </li>
        ))}
      </ol>
    ),
  },
  {
    term: 'Fee',
    detail: (
      <>
        <Money {...fee} />, {rate} at {virtualBytes} virtual bytes
        <Footing>What is spent and not paid; the account that pays bears it.</Footing>
      </>
    ),
  },
  {
    term: 'Replaceable',
    detail: replaceable
      ? 'Yes: one with a higher fee may take its place until it is in a block.'
      : 'No',
  },
];

const ethereumFacts = (
  contents: TransactionContents,
  details: DetailsOf<'ethereum'>,
  feePaid: AmountText | null,
): Description[] => [
  ...transferFacts(contents),
  {
    term: 'Nonce',
    detail: (
      <>
        <Code>{details.nonce}</Code>
        <Footing>
          How many the account has sent before; the chain runs one with each number.
        </Footing>
      </>
    ),
  },
  {
    term: 'Fee',
    detail: (
      <>
        {feePaid ? (
          <Money {...feePaid} />
        ) : (
          <>
            at most <Money {...contents.fee} />
          </>
        )}
        <Footing>
          {feePaid && (
            <>
              What the network took, as posted, of at most <Money {...contents.fee} />:{' '}
            </>
          )}
          {details.gasLimit} units of gas at most, each at most {details.maxFee}, of it{' '}
          {details.priorityFee} for who makes the block. The account that sends bears it.
        </Footing>
      </>
    ),
  },
  {
    term: 'Addressed to',
    detail: (
      <Address address={details.target}>
        {details.call === null ? 'The recipient' : `The contract of ${contents.amount.asset}`}, with{' '}
        <Money {...details.value} />
      </Address>
    ),
  },
  {
    term: 'Call',
    detail: details.call === null ? 'none; it moves ether alone' : <Call call={details.call} />,
  },
];

function Call({ call }: { call: NonNullable<DetailsOf<'ethereum'>['call']> }) {
  return (
    <>
      <span translate="no" className="figures-mono break-all">
        {call.signature}
      </span>
      <ul className="mt-1 space-y-1">
        {call.arguments.map(({ name, type, value, amount }) => (
          <li key={name}>
            <Code>{name}</Code>:{' '}
            {amount ? (
              <>
                <Money {...amount} />{' '}
                <span className="text-text-quiet">
                  (<span className="figures-mono break-all">{value}</span> as {type})
                </span>
              </>
            ) : (
              <AddressBlock address={value} />
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
