/** Words that somebody made up by the hundred keep no honest ones from the worker's look. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { openIncidentDesk, type IncidentDesk } from '#lib/incidents/testing/incident-desk.ts';
import { holdAsset, standingHolds } from '#lib/operations/asset-hold.ts';
import { decideAsShown } from '#lib/operations/testing/decide-as-shown.ts';
import { ProvenChainDecisions } from '#lib/operations/worker/prove-chain-decisions.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { adoptRosterOfAll } from '../verify-signed/testing/adopt-roster.ts';
import { chainDecisionProof } from './proofs.ts';

const chain = 'bip122:0f9188f13cb7b2c71f2a335e3a4fc328';
let desk: IncidentDesk;
beforeAll(async () => {
  desk = await openIncidentDesk();
  await adoptRosterOfAll(desk.owner);
});
afterAll(() => desk.close());
beforeEach(async () => {
  desk.context.passTime(3_600_001);
  const found = { reason: 'chain-reorganised', detail: 'settlement-undone' } as const;
  await inTransaction(desk.worker, (tx) =>
    holdAsset(tx, { chain, asset: null, ...found }, desk.context.clock()),
  );
});

/** Both words of as many decisions, in two people's names, with presses of no key. */
async function makeUp(count: number): Promise<void> {
  const { ada, ben } = desk.people;
  const hold = (await standingHolds(desk.web)).at(-1)?.id ?? '';
  const [by, second, at] = [ada.actor.personId, ben.actor.personId, desk.context.clock()];
  await desk.web.$executeRaw`
    insert into chain_decision (id, hold_id, kind, first_by, first_at, first_document, first_assertion, first_credential)
      select id, ${hold}::uuid, 'go-on', ${by}, ${at}::timestamptz, jsonb_build_object(
          'type', 'countersign/chain-decision/v1', 'decision', id, 'hold', ${hold}::uuid, 'kind', 'go-on', 'step', 'ask',
          'person', ${by}::text, 'foundAt', null, 'places', jsonb_build_object('count', 0))::text, '{}', 'key'
        from (select gen_random_uuid() as id from generate_series(1, ${count}::int)) made`;
  await desk.web.$executeRaw`
    update chain_decision set second_by = ${second}, second_at = ${at}::timestamptz, second_assertion = '{}',
        second_credential = 'key', second_document = jsonb_build_object(
          'type', 'countersign/chain-decision/v1', 'decision', id, 'hold', hold_id, 'kind', 'go-on', 'step', 'agree',
          'person', ${second}::text, 'foundAt', null, 'places', jsonb_build_object('count', 0))::text
      where hold_id = ${hold}::uuid and first_credential = 'key'`;
}

it('what two people signed is looked at before what was made up earlier', async () => {
  const { ada, ben } = desk.people;
  await makeUp(60);
  const needs = { db: desk.worker, clock: desk.context.clock };
  const looking = new ProvenChainDecisions({
    ...needs,
    isDecisionProved: chainDecisionProof(needs),
  });
  await looking.look();
  // Nobody asks anew while the worker is about to look at what seems to be signed.
  desk.context.passTime(130_000);
  valueOf(await decideAsShown(ben, { chain, kind: 'go-on' }, desk.context));
  valueOf(await decideAsShown(ada, { chain, kind: 'go-on' }, desk.context));
  await looking.look();
  expect(await standingHolds(desk.web)).toEqual([]);
});

it('in one person’s name so many words come in a minute and no more', async () => {
  await expect(makeUp(61)).rejects.toThrow('so much');
  await makeUp(60);
  await expect(makeUp(1)).rejects.toThrow('so much');
});
