/** Two nodes as one: what either says counts once the other says the same. */
import { agreedOn } from '../../endpoints-differ.ts';
import type { EthereumClient } from './client.ts';
import { compareEndpoints } from './compare-endpoints.ts';

/**
 * Its questions throw EndpointsDiffer where the two do not agree. What honest nodes differ in is not
 * compared: the newest block is the lower one, fees are the first one's, and sending is tried at both.
 */
export function agreeingClient(first: EthereumClient, second: EthereumClient): EthereumClient {
  const both = [first, second] as const;
  const agreed = async <T>(
    asked: string,
    question: (client: EthereumClient) => Promise<T>,
  ): Promise<T> => agreedOn(asked, await compareEndpoints(both, question));
  return {
    ...first,
    identity: () => agreed('the chain', (client) => client.identity()),
    blockNumber: async () => {
      const [one, two] = await Promise.all(both.map((client) => client.blockNumber()));
      if (one === undefined || two === undefined) throw new TypeError('Two nodes are asked');
      return one < two ? one : two;
    },
    getBlock: async (place) => {
      if (typeof place === 'bigint') return agreed(`block ${place}`, (one) => one.getBlock(place));
      // One is a moment ahead of the other each time a block or an epoch ends.
      const [one, two] = await Promise.all(both.map((client) => client.getBlock(place)));
      if (!one || !two) return null;
      const lower = one.number < two.number ? one.number : two.number;
      return agreed(`block ${lower}`, (client) => client.getBlock(lower));
    },
    checkMark: (mark) => agreed(`block ${mark.number}`, (client) => client.checkMark(mark)),
    findKept: (marks) => agreed('the blocks read before', (client) => client.findKept(marks)),
    getBalance: (account, place) =>
      agreed(`balance of ${account}`, (client) => client.getBalance(account, place)),
    getTokenBalance: (token, account, place) =>
      agreed(`tokens of ${account}`, (client) => client.getTokenBalance(token, account, place)),
    getNonce: (account, place) =>
      agreed(`number of ${account}`, (client) => client.getNonce(account, place)),
    getCode: (account) => agreed(`code of ${account}`, (client) => client.getCode(account)),
    checkToken: (contract, expected) =>
      agreed(`token ${contract}`, (client) => client.checkToken(contract, expected)),
    sendTransaction: async (raw) => {
      const sent = await first.sendTransaction(raw);
      if (sent.outcome === 'accepted') return sent;
      const again = await second.sendTransaction(raw);
      // One that said nothing may have it: then it is not known to be refused.
      return again.outcome === 'accepted' || sent.outcome === 'refused' ? again : sent;
    },
    signatureOf: (hash) => agreed(`signature of ${hash}`, (client) => client.signatureOf(hash)),
    getReceipt: (hash) => agreed(`receipt of ${hash}`, (client) => client.getReceipt(hash)),
    findFate: (query) =>
      agreed(`fate of ${query.hashes.at(-1) ?? ''}`, (client) => client.findFate(query)),
    scanBlock: (number, query) =>
      agreed(`block ${number}`, (client) => client.scanBlock(number, query)),
    unknownTokensIn: (span, query) =>
      agreed(`other tokens of blocks ${span.from} to ${span.to}`, (client) =>
        client.unknownTokensIn(span, query),
      ),
    unknownBalance: (token, account, place) =>
      agreed(`token ${token} of ${account}`, (client) =>
        client.unknownBalance(token, account, place),
      ),
    tokenEventsIn: (span, query) =>
      agreed(`events of blocks ${span.from} to ${span.to}`, (client) =>
        client.tokenEventsIn(span, query),
      ),
  };
}
