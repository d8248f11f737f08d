/**
 * What somebody has in hand who owns the console and one party whole, its keys, store and memory: here
 * the one through which co-signers speak, which is in every quorum for a withdrawal. The other two are
 * honest, and everything they are asked goes through clients that watch their nonces.
 */
import type { PartyAnswer, PartyClient } from '../../client/party-client.ts';
import { rpc } from '../../wire/rpc.ts';
import { signingCommitment } from '../../wire/payloads.ts';
import { only, type Vault } from '../custody.ts';
import type { LocalCustody, LocalParty } from '../in-process.ts';
import type { Prices } from './prices.ts';
import { openWorld, type World } from './world.ts';
import { ed25519Suite } from '../../frost/suite.ts';

export const TAKEN = 'custody';

export type TakenWorld = World & {
  taken: LocalParty;
  /** The honest party of every quorum for a withdrawal. */
  control: LocalParty;
  /** The honest party that takes part in what concerns keys and records. */
  third: LocalParty;
  /** Commitments to the nonces that honest parties used up, each time that a share left. */
  usedNonces: readonly string[];
  /** Operations that all the people who are needed stated. */
  statedOperations: ReadonlySet<string>;
};

export type TakenAttack = {
  name: string;
  /** What came of it, step by step: the refusal, and after a colon whom an honest party names. */
  says: readonly string[];
  /** Something genuine happens as well, so records of honest parties change by that. */
  hasGenuinePart?: true;
  strike: (world: TakenWorld) => Promise<readonly string[]>;
};

/** A refusal and whom the party blames for it, or `agreed`. */
export function said(answer: PartyAnswer<unknown>): string {
  if (answer.ok) return 'agreed';
  return answer.culprit === null ? answer.refusal : `${answer.refusal}: ${answer.culprit}`;
}

/** Notes the nonces of every share that leaves. */
function watched(client: PartyClient, used: string[]): PartyClient {
  const promised = new Map<string, string>();
  return {
    ...client,
    call: async (method, request) => {
      const answer = await client.call(method, request);
      if (!answer.ok) return answer;
      if (method.path === rpc.signBegin.path) {
        const begun = rpc.signBegin.answer.parse(answer.value);
        if (begun.state !== 'open') return answer;
        const { commitments } = signingCommitment(ed25519Suite).parse(
          begun.envelope.envelope.payload,
        );
        const { hiding, binding } = only(commitments);
        promised.set(begun.session, `${hiding} ${binding}`);
      } else if (method.path === rpc.signShare.path) {
        const { session } = rpc.signShare.request.parse(request);
        const nonces = promised.get(session);
        if (nonces === undefined) throw new Error('A share left that nobody saw begun.');
        used.push(nonces);
      }
      return answer;
    },
  };
}

export function openTakenWorld(custody: LocalCustody, vault: Vault, prices: Prices): TakenWorld {
  const usedNonces: string[] = [];
  const [control, taken, third] = custody.parties;
  for (const honest of [control, third]) honest.client = watched(honest.client, usedNonces);
  const world = openWorld(custody, vault, prices);
  const statedOperations = new Set<string>();
  const stated: World['stated'] = (intent) => {
    statedOperations.add(intent.operation);
    return world.stated(intent);
  };
  return { ...world, stated, taken, control, third, usedNonces, statedOperations };
}

/** Operations for which an honest party let a share leave, though people did not state them. */
export const neverStated = ({ control, third, statedOperations }: TakenWorld): string[] =>
  [control, third]
    .flatMap(({ party }) => party.database.all('select operation from ties'))
    .map((row) => String(row['operation']))
    .filter((operation) => !statedOperations.has(operation));
