import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { makeBackupGroup } from '#lib/mpc/backup/make-group.ts';
import { canonicalize, digestOf } from '#lib/protocol/intent.ts';
import type { Roster, RosterPerson } from '#lib/protocol/roster.ts';
import { prepareRosterChange, type PreparedRosterChange } from './prepare-roster-change.ts';
import type { RosterChange } from './roster/change.ts';
import { openAfterGenesis, press, type AfterGenesis } from './testing/after-genesis.ts';
import {
  advance,
  decide,
  openPartyDesk,
  state,
  type Name,
  type PartyDesk,
} from './testing/party-desk.ts';
import { loadRoster } from './trust.ts';
import { viewOperation } from './view-operation.ts';

const code = (answer: { ok: boolean; refusal?: { code: string } }) => answer.refusal?.code ?? null;

const toSign = (prepared: PreparedRosterChange) => {
  if (prepared.outcome !== 'sign') throw new Error(prepared.report.cannotRaise ?? 'barred');
  return prepared;
};
const barred = (prepared: PreparedRosterChange) => {
  if (prepared.outcome !== 'barred') throw new Error('It could be raised.');
  return prepared.report;
};

describe('a change of the roster', () => {
  let desk: PartyDesk;
  beforeEach(async () => {
    desk = await openPartyDesk();
  });
  afterEach(() => desk.close());

  const id = (name: Name): string => desk.people[name].actor.personId;
  const soon = (milliseconds: number): string =>
    new Date(desk.context.clock().getTime() + milliseconds).toISOString();

  async function inForce(): Promise<Roster> {
    const roster = await loadRoster(desk.owner);
    if (!roster) throw new Error('There is no roster.');
    return roster;
  }

  async function prepare(change: RosterChange) {
    const { version } = await inForce();
    const form = { operation: randomUUID(), version, change };
    return valueOf(await prepareRosterChange(desk.people.ada.actor, form, desk.context));
  }

  /** Raised by Ada; by who is asked beside her, and after the wait, every party holds it. */
  async function putInForce(change: RosterChange, how: 'alone' | 'together') {
    const prepared = toSign(await prepare(change));
    const { what } = prepared.intent.report.effect;
    expect(what).toBe(how === 'alone' ? 'tightens' : 'loosens');
    const { operation } = valueOf(await state(desk, 'ada', { ok: true, value: prepared }));
    if (how === 'together') {
      valueOf(await decide(desk, 'marek', operation, 'approve'));
      valueOf(await decide(desk, 'ines', operation, 'cosign'));
      expect(await advance(desk, operation)).toBe('waiting');
      desk.passTime(6_000);
    }
    expect(await advance(desk, operation)).toBe('done');
    const roster = await inForce();
    expect(roster.version).toBe(prepared.intent.version);
    for (const party of ['control', 'custody'] as const)
      expect(digestOf(desk.parties[party].local.party.trust?.roster)).toBe(digestOf(roster));
    const view = await viewOperation(desk.people.lena.actor, operation, desk.context);
    expect(valueOf(view).roster).toEqual(prepared.intent.report.diff);
    return { roster, diff: prepared.intent.report.diff };
  }

  const seat = (roster: Roster, name: Name): RosterPerson | undefined =>
    roster.people.find((person) => person.id === id(name));

  it('of roles and group is in force at the parties and here', async () => {
    const { roster, diff } = await putInForce(
      { what: 'seat', person: id('lena'), roles: ['officer', 'administrator'], group: 'recovery' },
      'together',
    );
    expect(seat(roster, 'lena')).toMatchObject({
      roles: ['officer', 'administrator'],
      group: 'recovery',
    });
    const [changed] = diff.changed;
    expect(changed?.changes).toEqual([
      'role changes from Custody officer to Custody officer, Administrator',
      'moves from Control to Recovery',
    ]);
    const row = await desk.owner.operator.findUniqueOrThrow({ where: { id: id('lena') } });
    expect(row).toMatchObject({ roles: ['officer', 'administrator'], group: 'recovery' });
  });

  it('sets a delegation, moves its end and ends it, the last by one person alone', async () => {
    const until = soon(3_600_000);
    const of = { from: id('marek'), to: id('ada') };
    const set = await putInForce({ what: 'delegate', ...of, notAfter: until }, 'together');
    expect(set.roster.delegations).toEqual([{ ...of, notAfter: until }]);
    expect(set.diff.arrangements).toMatchObject([{ how: 'added', about: 'delegation' }]);
    expect(set.diff.arrangements[0]?.sentence).toContain('ada stands in for marek, for Control');
    const sooner = soon(600_000);
    const moved = await putInForce({ what: 'delegate', ...of, notAfter: sooner }, 'alone');
    expect(moved.roster.delegations).toEqual([{ ...of, notAfter: sooner }]);
    const ended = await putInForce({ what: 'end-delegation', ...of }, 'alone');
    expect(ended.roster).not.toHaveProperty('delegations');
    expect(ended.diff.arrangements).toMatchObject([{ how: 'removed' }]);
  });

  it('sets the end of a key and of a person, and takes it away again', async () => {
    const until = soon(86_400_000);
    const person = id('jonas');
    const credential = desk.people.jonas.key.credentialId;
    const key = await putInForce({ what: 'key-end', person, credential, notAfter: until }, 'alone');
    expect(seat(key.roster, 'jonas')?.credentials[0]?.notAfter).toBe(until);
    expect(key.diff.changed[0]?.changes[0]).toMatch(/^key \w+ .* counts until .*, before without/);
    const whole = await putInForce({ what: 'person-end', person, notAfter: until }, 'alone');
    expect(seat(whole.roster, 'jonas')?.notAfter).toBe(until);
    const open = await putInForce({ what: 'person-end', person, notAfter: null }, 'together');
    expect(seat(open.roster, 'jonas')).not.toHaveProperty('notAfter');
    expect(open.diff.changed[0]?.changes[0]).toMatch(/^everything granted counts without an end/);
  });

  it('removes a person with the delegations that hang on them', async () => {
    const notAfter = soon(3_600_000);
    await putInForce({ what: 'delegate', from: id('jonas'), to: id('ada'), notAfter }, 'together');
    const { roster, diff } = await putInForce({ what: 'remove', person: id('jonas') }, 'alone');
    expect(seat(roster, 'jonas')).toBeUndefined();
    expect(roster.delegations).toBeUndefined();
    expect(diff).toMatchObject({
      removed: [{ name: 'jonas' }],
      arrangements: [{ how: 'removed' }],
    });
    const row = await desk.owner.operator.findUniqueOrThrow({ where: { id: id('jonas') } });
    expect(row.status).toBe('suspended');
  });

  it('names the custodians of a party by the record of their group, and ends that', async () => {
    const { organisation, environment } = await inForce();
    const made = await makeBackupGroup({
      organisation,
      environment,
      id: 'keep-control',
      party: 'control',
      threshold: 2,
      custodians: [id('ada'), id('marek'), id('lena')],
      madeAt: desk.context.clock(),
    });
    if (!made.ok) throw new Error(made.sentence);
    const { record } = made.value;
    const named = await putInForce(
      { what: 'custodians', record: JSON.stringify(record, null, 2) },
      'together',
    );
    expect(named.roster.backups).toEqual([record.group]);
    expect(named.diff.arrangements[0]?.sentence).toContain(record.group.publicKey);
    const version = named.roster.version;
    const leaves = await prepareRosterChange(
      desk.people.ada.actor,
      { operation: randomUUID(), version, change: { what: 'remove', person: id('lena') } },
      desk.context,
    );
    expect(code(leaves)).toBe('keeps-shares');
    const ended = await putInForce({ what: 'end-custodians', party: 'control' }, 'together');
    expect(ended.roster.backups).toBeUndefined();
  });
});

describe('a change of the roster that may not be', () => {
  let desk: AfterGenesis;
  beforeEach(async () => {
    desk = await openAfterGenesis();
  });
  afterEach(() => desk.database.drop());

  const id = (at: 0 | 1 | 2 | 3): string => desk.founders[at].actor.personId;
  const ask = (change: object, of: { by?: 0 | 1; version?: number } = {}) =>
    prepareRosterChange(
      desk.founders[of.by ?? 0].actor,
      { operation: randomUUID(), version: of.version ?? 1, change },
      desk.context,
    );
  const later = () => new Date(desk.context.clock().getTime() + 60_000).toISOString();

  it('is refused when it would lock everyone out', async () => {
    const report = barred(
      valueOf(await ask({ what: 'person-end', person: id(1), notAfter: later() })),
    );
    expect(report.lockout).toContain('nobody could change roster or policy any more');
    expect(report.cannotRaise).toBe(report.lockout);
  });

  it('is refused when the roster has moved on since it was read', async () => {
    const change = { what: 'delegate', from: id(1), to: id(0), notAfter: later() };
    expect(code(await ask(change, { version: 2 }))).toBe('roster-moved');
  });

  it('is refused at the key press when another came into force since it was read', async () => {
    const change = { what: 'delegate', from: id(1), to: id(0), notAfter: later() };
    const { request } = toSign(valueOf(await ask(change)));
    const roster = await loadRoster(desk.owner);
    if (!roster) throw new Error('There is no roster.');
    const next = { ...roster, version: 2, previous: digestOf(roster) };
    await desk.owner.rosterVersion.create({
      data: { version: 2, digest: digestOf(next), document: canonicalize(next) },
    });
    expect(code(await press(desk.founders[0], request, desk.context))).toBe('trust-changed');
  });

  it('is refused with a reason for each thing that does not fit', async () => {
    const cases: [string, object][] = [
      ['end-past', { what: 'person-end', person: id(3), notAfter: '2020-01-01T00:00:00.000Z' }],
      ['person-unknown', { what: 'remove', person: 'p-zzzzzzzzzz' }],
      ['has-own-group', { what: 'delegate', from: id(1), to: id(2), notAfter: later() }],
      ['giver-without-group', { what: 'delegate', from: id(0), to: id(1), notAfter: later() }],
      ['delegation-unknown', { what: 'end-delegation', from: id(1), to: id(0) }],
      ['record-unreadable', { what: 'custodians', record: '{"type":"other"}' }],
      ['party-unknown', { what: 'end-custodians', party: 'control' }],
      ['nothing-changes', { what: 'person-end', person: id(3), notAfter: null }],
      ['form-invalid', { what: 'remove', person: id(3), roster: {} }],
      ['form-invalid', { what: 'admit', person: id(3) }],
    ];
    for (const [expected, change] of cases) expect(code(await ask(change))).toBe(expected);
  });

  it('is refused to somebody whose role raises none', async () => {
    const auditor = { ...desk.founders[0].actor, scopes: new Set(['operation:read']) } as never;
    const form = { operation: randomUUID(), version: 1, change: { what: 'remove', person: id(3) } };
    expect(code(await prepareRosterChange(auditor, form, desk.context))).toBe('not-allowed');
  });

  it('is refused with every step when one person alone could complete something by it', async () => {
    const roster = await loadRoster(desk.owner);
    const control = roster?.people.find((person) => person.id === id(1));
    if (!roster || !control) throw new Error('There is no roster.');
    // A copy of a key under two more names: harmless while the third of them acts for nobody.
    const copy = (name: string, group: RosterPerson['group']): RosterPerson => ({
      id: name,
      roles: ['officer'],
      group,
      credentials: control.credentials.map((key) => ({ ...key, id: `${name}-key` })),
    });
    const people = [...roster.people, copy('p-aaaaaaaaaa', null), copy('p-bbbbbbbbbb', null)];
    const next: Roster = { ...roster, people, version: 2, previous: digestOf(roster) };
    await desk.owner.rosterVersion.create({
      data: { version: 2, digest: digestOf(next), document: canonicalize(next) },
    });
    const change = { what: 'seat', person: 'p-bbbbbbbbbb', roles: ['officer'], group: 'custody' };
    const report = barred(valueOf(await ask(change, { version: 2 })));
    expect(report.solo?.sentence).toContain('alone could');
    expect(report.solo?.steps.length).toBeGreaterThan(2);
  });
});
