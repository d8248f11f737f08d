import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { completeEnrolment } from '#lib/identity/complete-enrolment.ts';
import { invite, newKey, register, valueOf } from '#lib/identity/testing/people.ts';
import { wasRefused } from '#lib/mpc/party/store/noes.ts';
import { digestOf, policyChangeIntent } from '#lib/protocol/intent.ts';
import type { Policy } from '#lib/protocol/policy.ts';
import { deliverNoes } from './execution/deliver-noes.ts';
import { intentBase } from './intent-base.ts';
import { prepareAdmission } from './prepare-admission.ts';
import { prepareRaise } from './prepare-raise.ts';
import {
  advance,
  decide,
  openPartyDesk,
  state,
  stateAll,
  type PartyDesk,
} from './testing/party-desk.ts';
import { loadTrust } from './trust.ts';

let desk: PartyDesk;
beforeEach(async () => {
  desk = await openPartyDesk();
});
afterEach(() => desk.close());

const code = (answer: { ok: boolean; refusal?: { code: string } }) => answer.refusal?.code ?? null;
/** Longer than the sandbox's time-lock of five seconds. */
const overMs = 6_000;

async function admission() {
  const { operatorId, token } = await invite(desk.context, {
    displayName: 'New Officer',
    roles: ['officer'],
    group: 'control',
  });
  valueOf(await register(desk.context, token, newKey()));
  valueOf(await completeEnrolment(token, desk.context));
  return prepareAdmission(
    desk.people.ada.actor,
    { operation: randomUUID(), operator: operatorId },
    desk.context,
  );
}

async function policyChange(change: (policy: Policy) => Policy) {
  const trust = await loadTrust(desk.owner);
  if (!trust) throw new Error('There is no policy.');
  const { policy } = trust;
  const intent = policyChangeIntent.parse({
    ...intentBase({ operation: randomUUID(), kind: 'policy-change', policy }, desk.context),
    policy: { ...change(policy), version: policy.version + 1, previous: digestOf(policy) },
  });
  const { actor } = desk.people.ada;
  return prepareRaise(actor, { intent, note: null, attempt: 1 }, trust, desk.context);
}

const loosened = (policy: Policy): Policy => ({
  ...policy,
  caps: [{ asset: 'SOL', perOperation: '9000000000000' }],
});

const rosterAt = (name: 'control' | 'custody' | 'recovery') =>
  desk.parties[name].local.party.trust?.roster.version;
const policyAt = (name: 'control' | 'custody' | 'recovery') =>
  desk.parties[name].local.party.trust?.policy.version;

describe('a change that loosens something', () => {
  it('waits out the time-lock of the parties, then every party takes it over', async () => {
    const operation = await stateAll(desk, await admission());
    expect(await advance(desk, operation)).toBe('waiting');
    const row = await desk.owner.operation.findUniqueOrThrow({ where: { id: operation } });
    const waits = (row.waitingUntil?.getTime() ?? 0) - desk.context.clock().getTime();
    expect(waits).toBeGreaterThan(3_000);
    expect(waits).toBeLessThan(6_000);
    expect(await advance(desk, operation)).toBe('waiting');
    expect(rosterAt('control')).toBe(1);
    desk.passTime(overMs);
    expect(await advance(desk, operation)).toBe('done');
    expect([rosterAt('control'), rosterAt('custody')]).toEqual([2, 2]);
    expect(await desk.owner.rosterVersion.count()).toBe(2);
  });

  it('is vetoed by any one officer while it waits, here and at every party', async () => {
    const operation = await stateAll(desk, await admission());
    expect(await advance(desk, operation)).toBe('waiting');
    expect(valueOf(await decide(desk, 'sofia', operation, 'reject')).state).toBe('rejected');
    desk.passTime(overMs);
    expect(await advance(desk, operation)).toBe('rejected');
    await deliverNoes(desk.worker);
    const { digest } = await desk.owner.operation.findUniqueOrThrow({ where: { id: operation } });
    for (const { local } of Object.values(desk.parties))
      expect(wasRefused(local.party.database, operation, digest)).toBe(1);
    expect(await desk.owner.noDelivery.count()).toBe(3);
    await deliverNoes(desk.worker);
    expect(await desk.owner.noDelivery.count()).toBe(3);
    expect(rosterAt('control')).toBe(1);
  });

  it('can’t be vetoed any more once its wait is over', async () => {
    const operation = await stateAll(desk, await admission());
    expect(await advance(desk, operation)).toBe('waiting');
    desk.passTime(overMs);
    expect(code(await decide(desk, 'sofia', operation, 'reject'))).toBe('in-force-already');
    expect(await advance(desk, operation)).toBe('done');
  });

  it('goes to no party before all that should be on can be reached, and can be ended until then', async () => {
    desk.parties.custody.isReachable = false;
    const operation = await stateAll(desk, await admission());
    expect(await advance(desk, operation)).toBe('cosigned');
    desk.passTime(overMs);
    expect(await advance(desk, operation)).toBe('cosigned');
    desk.parties.custody.isReachable = true;
    // Had one party seen it before, its wait would be over now and it would go on alone.
    expect(await advance(desk, operation)).toBe('waiting');
    expect(rosterAt('control')).toBe(1);
    const other = await stateAll(desk, await policyChange(loosened));
    desk.parties.control.isReachable = false;
    expect(await advance(desk, other)).toBe('cosigned');
    expect(valueOf(await decide(desk, 'sofia', other, 'reject')).state).toBe('rejected');
  });

  it('of the rules takes effect in the console with the version that the parties hold', async () => {
    const operation = await stateAll(desk, await policyChange(loosened));
    expect(await advance(desk, operation)).toBe('waiting');
    desk.passTime(overMs);
    expect(await advance(desk, operation)).toBe('done');
    const version = await desk.owner.policyVersion.findUniqueOrThrow({ where: { version: 2 } });
    expect(version.operationId).toBe(operation);
    expect([policyAt('control'), policyAt('custody')]).toEqual([2, 2]);
    expect(digestOf(desk.parties.control.local.party.trust?.policy)).toBe(version.digest);
  });
});

describe('a change of the rules that only tightens', () => {
  it('needs one person and takes effect at once', async () => {
    const prepared = await policyChange((policy) => ({
      ...policy,
      caps: [{ asset: 'SOL', perOperation: '1000000000' }],
    }));
    expect(valueOf(prepared).allowed).toMatchObject({
      rule: 'one-person',
      needs: [],
      waitSeconds: 0,
    });
    const { operation, state: now } = valueOf(await state(desk, 'ada', prepared));
    expect(now).toBe('cosigned');
    expect(await advance(desk, operation)).toBe('done');
    expect([policyAt('control'), policyAt('custody'), policyAt('recovery')]).toEqual([2, 2, 2]);
  });
});

describe('a change of the rules that would lock everyone out', () => {
  it('is refused before anybody presses a key', async () => {
    const prepared = await policyChange((policy) => ({
      ...policy,
      rules: policy.rules.filter(({ id }) => id !== 'trust'),
    }));
    expect(code(prepared)).toBe('policy-locks-out');
  });
});
