import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { digestOf, policyChangeIntent, rosterChangeIntent } from '#lib/protocol/intent.ts';
import type { RosterDelegation } from '#lib/protocol/roster.ts';
import { intentBase } from './intent-base.ts';
import { listQueue } from './list-operations.ts';
import { prepareRaise } from './prepare-raise.ts';
import {
  advance,
  decide,
  openPartyDesk,
  state,
  stateAll,
  type Name,
  type PartyDesk,
} from './testing/party-desk.ts';
import { loadTrust, type Trust } from './trust.ts';
import { viewOperation } from './view-operation.ts';

let desk: PartyDesk;
let until: string;
beforeEach(async () => {
  desk = await openPartyDesk();
  until = new Date(desk.context.clock().getTime() + 3_600_000).toISOString();
  await putInForce([{ from: id('marek'), to: id('ada'), notAfter: until }]);
});
afterEach(() => desk.close());

const id = (name: Name): string => desk.people[name].actor.personId;
const code = (answer: { ok: boolean; refusal?: { code: string } }) => answer.refusal?.code ?? null;

async function trustNow(): Promise<Trust> {
  const trust = await loadTrust(desk.owner);
  if (!trust) throw new Error('There is no roster.');
  return trust;
}

/** Raised by Ada and stated by Marek and Ines, and waited out. */
async function putInForce(delegations: RosterDelegation[]): Promise<void> {
  const trust = await trustNow();
  const { roster, policy } = trust;
  const intent = rosterChangeIntent.parse({
    ...intentBase({ operation: randomUUID(), kind: 'roster-change', policy }, desk.context),
    roster: { ...roster, version: roster.version + 1, previous: digestOf(roster), delegations },
  });
  const draft = { intent, note: null, attempt: 1 };
  const operation = await stateAll(
    desk,
    await prepareRaise(desk.people.ada.actor, draft, trust, desk.context),
  );
  await advance(desk, operation);
  desk.passTime(6_000);
  expect(await advance(desk, operation)).toBe('done');
}

/** A change of the rules that loosens something, raised by Lena. */
async function raisedByLena(): Promise<string> {
  const trust = await trustNow();
  const { policy } = trust;
  const intent = policyChangeIntent.parse({
    ...intentBase({ operation: randomUUID(), kind: 'policy-change', policy }, desk.context),
    policy: {
      ...policy,
      caps: [{ asset: 'SOL', perOperation: '9000000000000' }],
      version: policy.version + 1,
      previous: digestOf(policy),
    },
  });
  const draft = { intent, note: null, attempt: 1 };
  const prepared = await prepareRaise(desk.people.lena.actor, draft, trust, desk.context);
  return valueOf(await state(desk, 'lena', prepared)).operation;
}

const seenBy = async (name: Name, operation: string) =>
  valueOf(await viewOperation(desk.people[name].actor, operation, desk.context));

const waitsFor = async (name: Name, operation: string): Promise<boolean> =>
  valueOf(await listQueue(desk.people[name].actor, desk.context)).find(
    (row) => row.id === operation,
  )?.waitsForMe ?? false;

describe('whoever stands in for a colleague', () => {
  it('is offered the step, counts once as that colleague, and the parties agree', async () => {
    const operation = await raisedByLena();
    expect(await waitsFor('ada', operation)).toBe(true);
    const before = await seenBy('ada', operation);
    expect(before.actions.approve).toEqual({ allowed: true });
    expect(before.viewer).toEqual({
      group: 'control',
      standsInFor: { name: 'marek', until },
    });
    const answer = valueOf(await decide(desk, 'ada', operation, 'approve'));
    expect(answer.state).toBe('approved');
    const after = await seenBy('marek', operation);
    expect(after.needs).toContainEqual({ label: 'Approver of Control', people: 1, stated: 1 });
    expect(after.statements.find(({ decision }) => decision === 'approve')).toMatchObject({
      person: 'ada',
      group: 'control',
      standsInFor: { name: 'marek', until },
    });
    expect(code(await decide(desk, 'ada', operation, 'approve'))).toBe('already-stated');
    expect(code(await decide(desk, 'ada', operation, 'cosign'))).toBe('already-stated');
    valueOf(await decide(desk, 'ines', operation, 'cosign'));
    expect(await advance(desk, operation)).toBe('waiting');
    desk.passTime(6_000);
    expect(await advance(desk, operation)).toBe('done');
    expect(desk.parties.control.local.party.trust?.policy.version).toBe(2);
  });

  it('is not counted beside that colleague', async () => {
    const operation = await raisedByLena();
    valueOf(await decide(desk, 'marek', operation, 'approve'));
    expect(await waitsFor('ada', operation)).toBe(false);
    expect(code(await decide(desk, 'ada', operation, 'approve'))).toBe('one-voice');
  });

  it('is not offered the step any more once the delegation has ended', async () => {
    desk.passTime(3_600_000);
    const later = await raisedByLena();
    expect(await waitsFor('ada', later)).toBe(false);
    expect((await seenBy('ada', later)).viewer).toEqual({ group: null, standsInFor: null });
    expect(code(await decide(desk, 'ada', later, 'approve'))).toBe('wrong-group');
  });

  it('leaves nothing to co-sign once the delegation has ended that an approval was made under', async () => {
    desk.passTime(3_600_000 - 60_000);
    const operation = await raisedByLena();
    valueOf(await decide(desk, 'ada', operation, 'approve'));
    desk.passTime(60_000);
    expect(code(await decide(desk, 'ines', operation, 'cosign'))).toBe('voice-lapsed');
    expect((await seenBy('lena', operation)).waitsFor).toBe(
      'A delegation ended: cancel it, raise anew',
    );
    expect(valueOf(await decide(desk, 'lena', operation, 'cancel')).state).toBe('cancelled');
  });
});
