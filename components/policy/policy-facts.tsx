import type { ReactNode } from 'react';
import {
  amountText,
  capitalised,
  factNames,
  inWords,
  kindPlurals,
  spanText,
} from '#lib/operations/policy-words.ts';
import { chainsIn, findChain } from '#lib/chains/registry.ts';
import type { IntentKind } from '#lib/protocol/intent-kinds.ts';
import type { Policy } from '#lib/protocol/policy.ts';
import { DescriptionList, Footing } from '../ui/description-list.tsx';
import { AddressBlock, Hash } from '../ui/grouped.tsx';
import { Time } from '../ui/time.tsx';

/** What a source said last, by its name; null when it said nothing yet. */
export type LastWords = Readonly<Record<string, string | null>>;

/** The bounds of a policy that hold whatever its rules say. */
export function PolicyFacts({ policy, lastWords }: { policy: Policy; lastWords?: LastWords }) {
  return (
    <DescriptionList
      items={[
        { term: 'Caps', detail: <Caps policy={policy} /> },
        { term: 'Network fee', detail: <NetworkFees policy={policy} /> },
        { term: 'First payment', detail: <FirstUse policy={policy} /> },
        { term: 'Under one key', detail: <KeyCaps policy={policy} /> },
        { term: 'Waits', detail: <Waits policy={policy} /> },
        { term: 'Own vaults', detail: <OwnVaults policy={policy} /> },
        { term: 'Sources', detail: <Sources policy={policy} lastWords={lastWords ?? {}} /> },
        { term: 'Statements', detail: <Lifetimes policy={policy} /> },
      ]}
    />
  );
}

function Lines({ lines }: { lines: readonly { key: string; line: ReactNode }[] }) {
  return (
    <ul className="space-y-1">
      {lines.map(({ key, line }) => (
        <li key={key}>{line}</li>
      ))}
    </ul>
  );
}

function Caps({ policy: { caps } }: { policy: Policy }) {
  if (caps.length === 0) return <>No asset has a cap, so nothing can leave.</>;
  return (
    <>
      <Lines
        lines={caps.map(({ asset, perOperation, perDay }) => ({
          key: asset,
          line: (
            <>
              At most <strong>{amountText(perOperation, asset)}</strong> in one withdrawal
              {perDay === undefined ? (
                ', with no bound over a day'
              ) : (
                <>
                  , and <strong>{amountText(perDay, asset)}</strong> in any 24 hours
                </>
              )}
            </>
          ),
        }))}
      />
      <Footing>They hold whatever the rules say. An asset without a cap can’t leave.</Footing>
    </>
  );
}

/** No bound of the policy, but one that people look for beside its bounds. */
function NetworkFees({ policy: { environment } }: { policy: Policy }) {
  return (
    <>
      <Lines
        lines={chainsIn(environment).map(({ chain, name, feeAsset, feePaidBy, highestFee }) => ({
          key: chain,
          line: (
            <>
              {name}: at most <strong>{amountText(highestFee.toString(), feeAsset)}</strong> for one
              transfer,{' '}
              {feePaidBy === 'custodian' ? 'paid by the custodian' : 'borne by whose account sends'}
            </>
          ),
        }))}
      />
      <Footing>
        The chain’s highest fee, which the console writes into every transfer and people sign. No
        party signs a transaction that takes more than they signed, or where they signed more than
        this. It is set with the chain and not by this policy.
      </Footing>
    </>
  );
}

function FirstUse({ policy: { book } }: { policy: Policy }) {
  const caps = book?.firstUseCaps ?? [];
  if (caps.length === 0) return <>No bound of its own.</>;
  return (
    <Lines
      lines={caps.map(({ asset, amount }) => ({
        key: asset,
        line: (
          <>
            At most <strong>{amountText(amount, asset)}</strong> to an address that was never paid
            before
          </>
        ),
      }))}
    />
  );
}

function KeyCaps({ policy: { keyCaps, audit } }: { policy: Policy }) {
  const caps = (keyCaps ?? []).map(({ asset, perDay }) => ({
    key: asset,
    line: (
      <>
        At most <strong>{amountText(perDay, asset)}</strong> in any 24 hours
      </>
    ),
  }));
  return (
    <>
      {caps.length > 0 ? <Lines lines={caps} /> : 'No bound of its own.'}
      {audit ? (
        <div className="mt-1 text-sm text-text-quiet">
          An audit of the signing code was finished on{' '}
          <Time instant={audit.finishedAt} style="day" />
          {caps.length > 0 && ', so this bound rests'}. Report: <Hash value={audit.reportDigest} />
        </div>
      ) : (
        <Footing>No audit of the signing code is on record here.</Footing>
      )}
    </>
  );
}

function Waits({ policy: { timeLockSeconds: lock, book } }: { policy: Policy }) {
  return (
    <Lines
      lines={[
        {
          key: 'lock',
          line:
            lock === undefined
              ? 'A change that loosens takes effect at once.'
              : `A change that loosens waits ${spanText(lock)} at each party; any one officer may end it meanwhile.`,
        },
        {
          key: 'cool',
          line:
            book?.coolDownSeconds === undefined
              ? 'A destination may be paid as soon as it is listed.'
              : `Nothing may be sent to a destination for ${spanText(book.coolDownSeconds)} after it was listed.`,
        },
        {
          key: 'valid',
          line:
            book?.validitySeconds === undefined
              ? 'A destination stays listed until somebody removes it.'
              : `A destination is certified again after ${spanText(book.validitySeconds)} at the latest.`,
        },
      ]}
    />
  );
}

function OwnVaults({ policy: { ownVaults = [] } }: { policy: Policy }) {
  if (ownVaults.length === 0)
    return <>None. A party sends only to vaults of whose key it holds a share.</>;
  return (
    <>
      <ul className="space-y-2">
        {ownVaults.map(({ vault, chain, address, receipts = [] }) => (
          <li key={vault}>
            <strong>{vault}</strong> on {findChain(chain)?.name ?? chain}
            {receipts.length > 0 &&
              `, vouched for by ${inWords(receipts.map(({ party }) => party))}`}
            <span className="block">
              <AddressBlock address={address} />
            </span>
          </li>
        ))}
      </ul>
      <Footing>Transfers may go there from parties that hold no share of them.</Footing>
    </>
  );
}

function Sources({ policy: { sources }, lastWords }: { policy: Policy; lastWords: LastWords }) {
  if (!sources || sources.length === 0)
    return <>None. Rules can’t look at prices, at risk or at standing.</>;
  return (
    <ul className="space-y-2">
      {sources.map(({ name, fact, publicKey, maxAgeSeconds }) => (
        <li key={name}>
          <strong>{name}</strong>: {factNames[fact]}, at most {spanText(maxAgeSeconds)} old
          <span className="block text-sm text-text-quiet">
            Key <Hash value={publicKey} groups={4} />
            {lastWords[name] && (
              <>
                {' '}
                · last word <Time instant={lastWords[name]} />
              </>
            )}
            {lastWords[name] === null && ' · said nothing yet'}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** What a vault's key signs, which has the lifetime of a withdrawal. */
const signedByVault: readonly IntentKind[] = ['withdrawal', 'vault-transfer', 'proof-of-control'];

/** Kinds with the same lifetime in one line, shortest first. */
function Lifetimes({
  policy: { lifetimes, coldWithdrawalSeconds },
}: {
  policy: Pick<Policy, 'lifetimes' | 'coldWithdrawalSeconds'>;
}) {
  const bySpan = new Map<number, string[]>();
  const add = (seconds: number, about: string) =>
    bySpan.set(seconds, [...(bySpan.get(seconds) ?? []), about]);
  for (const [kind, seconds] of Object.entries(lifetimes))
    for (const alike of kind === 'withdrawal' ? signedByVault : [kind as IntentKind])
      add(seconds, kindPlurals[alike]);
  if (coldWithdrawalSeconds !== undefined)
    add(coldWithdrawalSeconds, 'whatever a cold vault signs');
  const spans = [...bySpan].sort(([a], [b]) => a - b);
  return (
    <>
      <Lines
        lines={spans.map(([seconds, kinds]) => ({
          key: String(seconds),
          line: (
            <>
              <strong>{spanText(seconds)}</strong>: {capitalised(inWords(kinds))}
            </>
          ),
        }))}
      />
      <Footing>How long a signed statement counts, by what it is about.</Footing>
    </>
  );
}
