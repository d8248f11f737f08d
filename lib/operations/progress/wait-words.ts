/** Why an operation waits, in words: a fragment for lists, and what a person can do about it. Pure. */
import { inWords } from '../policy-words.ts';
import type { WaitReason } from './wait.ts';

export type WaitWords = {
  /** "Waits for coins of WD-2026-000007". */
  words: string;
  /** What it is about and who can do what. */
  sentence: string;
  /** Whether somebody should look; what only takes its time needs nobody. */
  needsSomebody: boolean;
};

export type WaitFacts = {
  /** "Bitcoin", as people call the chain. */
  chainName: string;
  /** "0.0001 BTC": highest network fee that people stated. */
  highestFee: string | null;
  /** Numbers of the operations in the way, in the order of the reason. */
  numbers: readonly string[];
};

const others = (numbers: readonly string[]): string =>
  numbers.length === 0 ? 'another operation' : inWords(numbers);

/** What the parties and people stated stays as it is; a repeat asks nothing of anybody. */
const byItself = 'It goes on by itself, under the statements that are there.';

function confirmationWords(have: number, need: number | null): WaitWords {
  if (need === null)
    return {
      words: 'In a block, waiting to be final',
      sentence:
        'A block holds it. It is posted in the ledger once the chain says that this block is final; nobody has to do anything.',
      needsSomebody: false,
    };
  return {
    words: `In a block: ${have} of ${need} confirmations`,
    sentence: `A block holds it, with ${have} of ${need} confirmations. It is posted in the ledger at ${need}; nobody has to do anything.`,
    needsSomebody: false,
  };
}

/** @param facts what the reason alone does not say. */
export function waitWords(reason: WaitReason, facts: WaitFacts): WaitWords {
  const { chainName, highestFee, numbers } = facts;
  const node = `the ${chainName} node`;
  switch (reason.code) {
    case 'no-fee-rate':
      return {
        words: `Waits until ${node} names a fee`,
        sentence: `The ${chainName} node cannot say yet what a place in a block costs, as after a restart. It is asked again every few seconds. Where this lasts, whoever runs the node has to look.`,
        needsSomebody: true,
      };
    case 'fee-above-bound':
      return {
        words: 'Waits: the network asks more than the highest fee',
        sentence: `A place in a block on ${chainName} now takes more than the highest fee that was stated${highestFee === null ? '' : ` (${highestFee})`}. Nothing was built or sent, and its money stays held for it. It goes on by itself once the network asks less, while its statements last. Where many small coins make it dear, cancel it and raise less.`,
        needsSomebody: true,
      };
    case 'coins-set-aside':
      return {
        words: `Waits for coins of ${others(numbers)}`,
        sentence: `The coins of this account are set aside for ${others(numbers)}. This begins once they come back: as change when that is final, or all of them when it ends without a payment. To have it sooner, end the other one, or cancel this and raise less.`,
        needsSomebody: true,
      };
    case 'number-taken':
      return {
        words: `Waits for ${others(numbers)} of the same account`,
        sentence: `An account on ${chainName} sends one transfer after the other, and ${others(numbers)} has its next number. This begins once that is in a block or has ended. Where that one is held, somebody has to end it, or its raiser to start a new attempt. Once its time is over and a signature of it may exist, nobody here can do either while its payment may still run, and the number stays taken.`,
        needsSomebody: true,
      };
    case 'asset-held':
      return {
        words: 'Waits: its asset stands still',
        sentence: `What it would pay stands still on ${chainName}: a token’s contract is not what our data say, or the chain took back what counted as final. The page Vaults, Chains says which, and what ends that. It then goes on by itself, while its statements last.`,
        needsSomebody: true,
      };
    case 'break-over-limit':
      return {
        words: 'Waits: less of its asset is there than the books say',
        sentence:
          'Reconciliation found less of this asset than the books say, beyond the limit, so none of it is paid out. The break’s page on Reconciliation says what is missing. This goes on by itself once that break is closed, while its statements last.',
        needsSomebody: true,
      };
    case 'break-unjudged':
      return {
        words: 'Waits: some of its asset is missing, a source is silent',
        sentence:
          'Reconciliation found less of this asset than the books say, beyond the limit. Whether a rule of the policy allows a payment all the same can’t be told while a source that the policy asks gives no usable word, so nothing is signed. Whoever runs that source has to look. Once it answers, or the break is closed, this goes on by itself as the policy says, while its statements last.',
        needsSomebody: true,
      };
    case 'no-nonce-account':
      return {
        words: 'Waits for a free nonce account of its vault',
        sentence:
          'Every nonce account of the vault is in use by another operation. This begins once one of them is final or ends; the worker makes more accounts by itself.',
        needsSomebody: false,
      };
    case 'nonce-account-unready':
      return {
        words: 'Waits until its nonce account is ready',
        sentence: `The chain does not show the nonce account of this operation as ready yet. ${byItself}`,
        needsSomebody: false,
      };
    case 'not-in-block':
      return {
        words: 'Sent; no block holds it yet',
        sentence:
          'It was sent, and no block holds it yet. The same bytes are sent again until one does; where the network asks more, it is replaced by one that offers more, up to the highest fee that was stated.',
        needsSomebody: false,
      };
    case 'outbid':
      return {
        words: 'Sent; needs a higher fee than was stated',
        sentence: `It was sent, and a place in a block now takes more than the highest fee that was stated${highestFee === null ? '' : ` (${highestFee})`}. Nobody can offer more under these statements. It stays valid and goes through once the network asks less; another one to the same recipient would pay twice.`,
        needsSomebody: true,
      };
    case 'record-changed':
      return {
        words: 'Sent; its record was changed',
        sentence:
          'It was sent, and no block holds it yet. The unsigned bytes on record were changed since, so nothing can take its place. What was signed stays valid and is sent again, and settles this once a block holds it. Whoever runs the database has to find out who changed the record.',
        needsSomebody: true,
      };
    case 'confirmations':
      return confirmationWords(reason.have, reason.need);
    case 'answers-unclear':
      return {
        words: `Waits: answers of ${node} do not fit together`,
        sentence: `What the ${chainName} node says about the transaction does not fit together, so nothing is posted and nothing is set free. It is asked again. Where this lasts, whoever runs the node has to compare it with another one.`,
        needsSomebody: true,
      };
    case 'nodes-differ':
      return {
        words: `Waits: the two ${chainName} nodes do not agree`,
        sentence: `Two ${chainName} nodes were asked, and they give different answers or one gives none. Nobody guesses which is right, so this stands still. Whoever runs the nodes has to look at both; the page Vaults, Chains says which is behind.`,
        needsSomebody: true,
      };
    case 'node-away':
      return {
        words: `Waits: ${node} gives no answer`,
        sentence: `The ${chainName} node gives no usable answer. It is asked again, and nothing is lost meanwhile. Where this lasts, whoever runs the node has to look.`,
        needsSomebody: true,
      };
    case 'node-behind':
      return {
        words: `Waits until ${node} has caught up`,
        sentence: `The ${chainName} node is still reading its chain, so what it says is old. This goes on once it has caught up.`,
        needsSomebody: true,
      };
    case 'party-away':
      return {
        words: `Waits for party ${reason.party}`,
        sentence: `Party ${reason.party} does not answer. Whoever runs it has to look; once it answers this goes on by itself, under the statements that are there.`,
        needsSomebody: true,
      };
    case 'party-began-anew':
      return {
        words: `Waits for party ${reason.party} to begin anew`,
        sentence: `Party ${reason.party} lost or closed what was in progress, as after a restart. It is asked anew. ${byItself}`,
        needsSomebody: false,
      };
    case 'worker-failed':
      return {
        words: 'Waits: the worker failed at it',
        sentence:
          'The worker failed at this and tries again, less often each time. Its log says why; whoever runs it has to look.',
        needsSomebody: true,
      };
  }
}
