import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { createVault } from '#lib/ledger/testing/books.ts';
import { standingFreezes as frozenAt } from '#lib/mpc/party/store/stops.ts';
import { findPresented } from '#lib/mpc/party/store/presented.ts';
import type { PartyClient } from '#lib/mpc/client/party-client.ts';
import { catchUp } from './execution/catch-up.ts';
import { PartyViews } from './execution/party-views.ts';
import { reportParties } from './execution/report-parties.ts';
import { listFreezes } from './list-freezes.ts';
import { listIncidents } from './list-incidents.ts';
import { listOperations } from './list-operations.ts';
import { prepareFreeze } from './prepare-freeze.ts';
import { prepareRelease } from './prepare-release.ts';
import { prepareRevocation } from './prepare-revocation.ts';
import { submitAndHand } from './submit-and-hand.ts';
import { viewParties } from './view-parties.ts';
import { heardOfOperations, newRounds } from './worker/loop.ts';
import {
  advance,
  decide,
  openPartyDesk,
  state,
  type Name,
  type PartyDesk,
} from './testing/party-desk.ts';

let desk: PartyDesk;
beforeAll(async () => {
  desk = await openPartyDesk();
  await createVault(desk.owner);
  await desk.owner.client.create({ data: { id: 'C-1001' } });
});
afterAll(() => desk.close());

const frozen = (name: 'control' | 'custody' | 'recovery') => {
  const { party } = desk.parties[name].local;
  return frozenAt(party.database, party.kek).map(({ scope }) => scope.what);
};

const freeze = (name: Name, scope: object) =>
  prepareFreeze(
    desk.people[name].actor,
    { operation: randomUUID(), scope, reason: 'Something looks wrong.' },
    desk.context,
  );

const release = (name: Name, of: string) =>
  prepareRelease(
    desk.people[name].actor,
    { operation: randomUUID(), freeze: of, reason: 'It was explained.' },
    desk.context,
  );

const code = (answer: { ok: boolean; refusal?: { code: string } }) => answer.refusal?.code ?? null;

describe('a freeze', () => {
  it('needs one person, stands here at once, opens an incident, and reaches every party that is on', async () => {
    desk.parties.custody.isReachable = false;
    const raised = valueOf(
      await state(desk, 'jonas', await freeze('jonas', { what: 'asset', asset: 'SOL' })),
    );
    expect(raised.state).toBe('cosigned');
    const row = await desk.owner.freeze.findUniqueOrThrow({
      where: { operationId: raised.operation },
    });
    expect([row.scope, row.value, row.releasedAt]).toEqual(['asset', 'SOL', null]);
    const [incident] = await desk.owner.incidentRecord.findMany({ include: { operations: true } });
    expect(incident).toMatchObject({
      number: expect.stringMatching(/^INC-\d{4}-000001$/),
      what: 'freeze',
      title: `Asset SOL frozen by ${raised.number}`,
      openedBy: desk.people.jonas.actor.personId,
      state: 'open',
      operations: [{ operationId: raised.operation }],
    });
    // One party is away: the others have it, and the worker goes on asking.
    expect(await advance(desk, raised.operation)).toBe('cosigned');
    expect([frozen('control'), frozen('custody'), frozen('recovery')]).toEqual([
      ['asset'],
      [],
      ['asset'],
    ]);
    desk.parties.custody.isReachable = true;
    expect(await advance(desk, raised.operation)).toBe('done');
    expect(frozen('custody')).toEqual(['asset']);
    await desk.owner.freeze.findUniqueOrThrow({ where: { operationId: raised.operation } });
  });

  it('is handed to the parties as it is stated, before the worker has its turn', async () => {
    const prepared = valueOf(await freeze('ines', { what: 'everything' }));
    const { key, actor } = desk.people.ines;
    const { nonce, options } = prepared.request;
    const assertion = key.assert({
      challenge: options.challenge,
      origin: desk.context.settings.origin,
    });
    const parties = Object.values(desk.parties).map(({ client }) => client);
    valueOf(await submitAndHand(actor, { nonce, assertion }, parties, desk.context));
    expect(frozen('control')).toContain('everything');
    expect(frozen('recovery')).toContain('everything');
  });

  it('of the same thing is not raised twice', async () => {
    expect(code(await freeze('ada', { what: 'everything' }))).toBe('frozen-already');
  });

  it('of a vault that nobody knows is refused before anybody presses a key', async () => {
    expect(code(await freeze('ada', { what: 'vault', vault: 'nowhere' }))).toBe('vault-unknown');
  });

  it('is released only by more people than a withdrawal needs, and then stands no more', async () => {
    const all = await desk.owner.freeze.findFirstOrThrow({ where: { scope: 'everything' } });
    expect(await advance(desk, all.operationId)).toBe('done');
    const { operation } = valueOf(await state(desk, 'ada', await release('ada', all.operationId)));
    expect(code(await release('marek', all.operationId))).toBe('release-raised');
    for (const [name, decision] of [
      ['marek', 'approve'],
      ['lena', 'approve'],
      ['ines', 'cosign'],
    ] as const)
      expect(valueOf(await decide(desk, name, operation, decision)).state).not.toBe('cosigned');
    expect(valueOf(await decide(desk, 'jonas', operation, 'cosign')).state).toBe('cosigned');
    expect(await advance(desk, operation)).toBe('done');
    expect(frozen('control')).toEqual(['asset']);
    const row = await desk.owner.freeze.findUniqueOrThrow({
      where: { operationId: all.operationId },
    });
    expect(row.releasedByOperation).toBe(operation);
    expect(code(await release('ada', all.operationId))).toBe('freeze-unknown');
    expect(await desk.owner.incidentRecord.count({ where: { what: 'release' } })).toBe(1);
  });

  it('that a party missed while it was off reaches it when it is back', async () => {
    desk.passTime(1_000);
    desk.parties.recovery.isReachable = false;
    const { operation } = valueOf(
      await state(desk, 'lena', await freeze('lena', { what: 'everything' })),
    );
    expect(await advance(desk, operation)).toBe('done');
    expect(frozen('recovery')).toEqual(['asset']);
    desk.parties.recovery.isReachable = true;
    await catchUp(desk.worker);
    expect(frozen('recovery')).toContain('everything');
  });
});

describe('what the pages show', () => {
  const reader = () => desk.people.sofia.actor;

  it('lists what stands still with who did it, and what was released', async () => {
    const {
      standing,
      released,
      freeze: action,
    } = valueOf(await listFreezes(reader(), desk.worker.parties, desk.context));
    expect(standing.map(({ scope }) => scope)).toEqual(['Asset SOL', 'Everything']);
    expect(standing[0]).toMatchObject({
      frozenBy: 'jonas',
      parties: ['control', 'custody', 'recovery'],
      incident: expect.stringContaining('INC-'),
      release: null,
    });
    expect(released).toHaveLength(1);
    expect(released[0]?.release?.number).toContain('RL-');
    expect(action).toEqual({ allowed: true });
  });

  it('says of a release in a list which freeze it releases', async () => {
    const { number } = await desk.owner.operation.findFirstOrThrow({
      where: { freeze: { scope: 'everything', releasedAt: { not: null } } },
    });
    const { rows } = valueOf(await listOperations(reader(), {}, desk.context));
    const routes = rows.flatMap(({ kindName, route }) =>
      kindName === 'Release freeze' ? [route] : [],
    );
    expect(routes).toEqual([`Everything, frozen by ${number}`]);
  });

  it('lists the incidents, newest first', async () => {
    const { rows } = valueOf(await listIncidents(reader(), { after: null }, desk.context));
    expect(rows.map(({ what }) => what).toSorted()).toEqual([
      'freeze',
      'freeze',
      'freeze',
      'release',
    ]);
    expect(rows.find(({ what }) => what === 'release')?.operations).toHaveLength(2);
  });

  it('shows what each party said last, and which did not answer', async () => {
    desk.parties.recovery.isReachable = false;
    await reportParties(desk.worker);
    desk.parties.recovery.isReachable = true;
    const { parties, numbers } = valueOf(
      await viewParties(reader(), desk.worker.parties, desk.context),
    );
    expect(parties.map(({ name, status }) => [name, status?.rosterVersion ?? null])).toEqual([
      ['control', 1],
      ['custody', 1],
      ['recovery', null],
    ]);
    expect(parties[2]?.sentence).toContain('could not be reached');
    const last = parties[0]?.status?.lastDecision;
    expect(numbers[last?.operation ?? '']).toMatch(/^[A-Z]{2}-\d{4}-\d{6}$/);
    const before = await desk.owner.partyReport.findMany();
    await reportParties(desk.worker);
    expect(await desk.owner.partyReport.findMany()).toEqual(before);
    desk.passTime(4_000);
    await reportParties(desk.worker);
    expect(await desk.owner.partyReport.findMany()).not.toEqual(before);
  });

  it('shows every open operation at the parties, once for each change', async () => {
    const { operation } = valueOf(
      await state(desk, 'ada', await release('ada', await frozenBy('lena'))),
    );
    const views = new PartyViews(desk.worker);
    await views.look();
    const { party } = desk.parties.control.local;
    expect(findPresented(party.database, operation)?.bundle.statements).toHaveLength(1);
    valueOf(await decide(desk, 'marek', operation, 'approve'));
    await views.look();
    expect(findPresented(party.database, operation)?.bundle.statements).toHaveLength(2);
  });

  it('shows an operation as soon as it is heard of, and a party that hangs keeps it from no other', async () => {
    const { control, custody } = desk.parties;
    const hanging: PartyClient = { ...control.client, call: () => new Promise(() => undefined) };
    const worker = { ...desk.worker, parties: [hanging, custody.client] };
    const rounds = newRounds(worker);
    void heardOfOperations(rounds);
    const { operation } = valueOf(
      await state(desk, 'ada', await release('ada', await frozenBy('jonas'))),
    );
    void heardOfOperations(rounds);
    await expect
      .poll(() => findPresented(custody.local.party.database, operation)?.bundle.statements)
      .toHaveLength(1);
    expect(findPresented(control.local.party.database, operation)).toBeNull();
    await rounds.views.settled();
  });

  const frozenBy = async (name: Name): Promise<string> =>
    (
      await desk.owner.freeze.findFirstOrThrow({
        where: { frozenBy: desk.people[name].actor.personId },
      })
    ).operationId;
});

describe('a revocation', () => {
  const revoke = (by: Name, of: Name, credential: string | null) =>
    prepareRevocation(
      desk.people[by].actor,
      {
        operation: randomUUID(),
        person: desk.people[of].actor.personId,
        credential,
        reason: 'The key was stolen.',
      },
      desk.context,
    );

  it('ends a key at once, here and at the parties, with the sessions opened with it', async () => {
    const { key, actor } = desk.people.sofia;
    const { operation, state: now } = valueOf(
      await state(desk, 'ada', await revoke('ada', 'sofia', key.credentialId)),
    );
    expect(now).toBe('cosigned');
    const credential = await desk.owner.credential.findUniqueOrThrow({
      where: { id: key.credentialId },
    });
    expect(credential.status).toBe('revoked');
    const open = { operatorId: actor.personId, revokedAt: null };
    expect(await desk.owner.session.count({ where: open })).toBe(0);
    expect(await advance(desk, operation)).toBe('done');
    expect(code(await revoke('ada', 'sofia', key.credentialId))).toBe('revoked-already');
  });

  it('ends every key and all access of a person', async () => {
    valueOf(await state(desk, 'ada', await revoke('ada', 'jonas', null)));
    const person = await desk.owner.operator.findUniqueOrThrow({
      where: { id: desk.people.jonas.actor.personId },
      include: { credentials: true },
    });
    expect([person.status, ...person.credentials.map(({ status }) => status)]).toEqual([
      'suspended',
      'revoked',
    ]);
  });

  it('after which nobody else could put things right is refused before anybody presses a key', async () => {
    expect(code(await revoke('ada', 'ines', null))).toBe('revocation-locks-out');
  });

  it('of somebody who is not in the roster is refused', async () => {
    const form = {
      operation: randomUUID(),
      person: 'p-zzzzzzzzzz',
      credential: null,
      reason: 'Unknown.',
    };
    expect(code(await prepareRevocation(desk.people.ada.actor, form, desk.context))).toBe(
      'revocation-person-unknown',
    );
  });
});
