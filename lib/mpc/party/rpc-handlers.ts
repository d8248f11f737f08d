/** Which function answers which method. */
import { rpc, type RpcAnswer, type RpcMethod, type RpcName, type RpcRequest } from '../wire/rpc.ts';
import { adopt } from './adopt.ts';
import { beginBackup, collectBackup } from './backup.ts';
import { activateCeremony, confirmCeremony } from './ceremony-confirm.ts';
import { dealCeremonyShares, finishCeremony, revealPackage } from './ceremony-rounds.ts';
import { beginCeremony } from './ceremony.ts';
import { readNews } from './cold-news.ts';
import { hearColdHeads, sayColdWord, stateOfTrip } from './cold-trip.ts';
import { offerGenesis } from './genesis.ts';
import type { PromptEndpoint } from './json-http.ts';
import type { LongName } from './long-handlers.ts';
import { beginPair, keepPairRound } from './pair-rounds.ts';
import { present } from './present.ts';
import { refuse, type Answer, type Party } from './party.ts';
import { confirmRefresh, proveRefresh } from './refresh-confirm.ts';
import { dealRefresh, finishRefreshRound, revealRefresh } from './refresh-rounds.ts';
import { activateEpoch, eraseEpochs, lookAtKey } from './refresh-switch.ts';
import { beginRefresh } from './refresh.ts';
import { finishRepairRound } from './repair-finish.ts';
import { dealRepair, echoRepair, revealRepair, sumRepair } from './repair-rounds.ts';
import { beginRepair } from './repair.ts';
import { statusOf } from './status.ts';
import { takeNo } from './take-no.ts';
import { giveVaultReceipt } from './vault-receipt.ts';

/** What takes longer is in `long-handlers.ts`. */
type PromptName = Exclude<RpcName, LongName>;

const handlers: {
  [N in PromptName]: (party: Party, request: RpcRequest<N>) => Answer<RpcAnswer<N>>;
} = {
  status: statusOf,
  offerGenesis,
  adopt,
  present,
  no: (party, { signed }) => takeNo(party, signed),
  ceremonyBegin: beginCeremony,
  ceremonyReveal: revealPackage,
  ceremonyDeal: dealCeremonyShares,
  ceremonyFinish: finishCeremony,
  ceremonyConfirm: confirmCeremony,
  ceremonyActivate: activateCeremony,
  keyLook: lookAtKey,
  refreshBegin: beginRefresh,
  refreshReveal: revealRefresh,
  refreshDeal: dealRefresh,
  refreshFinish: finishRefreshRound,
  refreshProve: proveRefresh,
  refreshConfirm: confirmRefresh,
  refreshActivate: activateEpoch,
  refreshErase: eraseEpochs,
  repairBegin: beginRepair,
  repairReveal: revealRepair,
  repairEcho: echoRepair,
  repairDeal: dealRepair,
  repairSum: sumRepair,
  repairFinish: finishRepairRound,
  backupBegin: beginBackup,
  backupCollect: collectBackup,
  pairBegin: beginPair,
  pairKeep: keepPairRound,
  coldWord: sayColdWord,
  coldNews: readNews,
  coldTrip: stateOfTrip,
  coldHeads: hearColdHeads,
  vaultReceipt: giveVaultReceipt,
};

function endpoint<Q, A>(
  method: RpcMethod<Q, A>,
  handler: (party: Party, request: Q) => Answer<A>,
): [string, PromptEndpoint] {
  return [
    method.path,
    {
      maxBytes: method.maxBytes,
      answer: (party, body) => {
        const request = method.request.safeParse(body);
        return request.success ? handler(party, request.data) : refuse('request-malformed');
      },
    },
  ];
}

/** By path. */
export const endpoints: ReadonlyMap<string, PromptEndpoint> = new Map([
  endpoint(rpc.status, handlers.status),
  endpoint(rpc.offerGenesis, handlers.offerGenesis),
  endpoint(rpc.adopt, handlers.adopt),
  endpoint(rpc.present, handlers.present),
  endpoint(rpc.no, handlers.no),
  endpoint(rpc.ceremonyBegin, handlers.ceremonyBegin),
  endpoint(rpc.ceremonyReveal, handlers.ceremonyReveal),
  endpoint(rpc.ceremonyDeal, handlers.ceremonyDeal),
  endpoint(rpc.ceremonyFinish, handlers.ceremonyFinish),
  endpoint(rpc.ceremonyConfirm, handlers.ceremonyConfirm),
  endpoint(rpc.ceremonyActivate, handlers.ceremonyActivate),
  endpoint(rpc.keyLook, handlers.keyLook),
  endpoint(rpc.refreshBegin, handlers.refreshBegin),
  endpoint(rpc.refreshReveal, handlers.refreshReveal),
  endpoint(rpc.refreshDeal, handlers.refreshDeal),
  endpoint(rpc.refreshFinish, handlers.refreshFinish),
  endpoint(rpc.refreshProve, handlers.refreshProve),
  endpoint(rpc.refreshConfirm, handlers.refreshConfirm),
  endpoint(rpc.refreshActivate, handlers.refreshActivate),
  endpoint(rpc.refreshErase, handlers.refreshErase),
  endpoint(rpc.repairBegin, handlers.repairBegin),
  endpoint(rpc.repairReveal, handlers.repairReveal),
  endpoint(rpc.repairEcho, handlers.repairEcho),
  endpoint(rpc.repairDeal, handlers.repairDeal),
  endpoint(rpc.repairSum, handlers.repairSum),
  endpoint(rpc.repairFinish, handlers.repairFinish),
  endpoint(rpc.backupBegin, handlers.backupBegin),
  endpoint(rpc.backupCollect, handlers.backupCollect),
  endpoint(rpc.pairBegin, handlers.pairBegin),
  endpoint(rpc.pairKeep, handlers.pairKeep),
  endpoint(rpc.coldWord, handlers.coldWord),
  endpoint(rpc.coldNews, handlers.coldNews),
  endpoint(rpc.coldTrip, handlers.coldTrip),
  endpoint(rpc.coldHeads, handlers.coldHeads),
  endpoint(rpc.vaultReceipt, handlers.vaultReceipt),
]);
