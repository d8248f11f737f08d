/** A chain goes on, and is read anew, by words that two people's keys prove, and by none that somebody wrote. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { admit, enrol, newKey, signIn, valueOf } from '#lib/identity/testing/people.ts';
import {
  openIncidentDesk,
  type DeskPerson,
  type IncidentDesk,
} from '#lib/incidents/testing/incident-desk.ts';
import { holdAsset, standingHolds } from '#lib/operations/asset-hold.ts';
import {
  saidPlaces,
  type ChainDecisionStatement,
} from '#lib/operations/chain-decision-statement.ts';
import { decisionToReadAnew, standOn } from '#lib/operations/execution/deposits/read-anew.ts';
import { heldChain } from '#lib/operations/held-chain.ts';
import { prepareChainDecision } from '#lib/operations/prepare-chain-decision.ts';
import { submitChainDecision } from '#lib/operations/submit-chain-decision.ts';
import {
  decideAsShown,
  formAsShown,
  signDecision,
} from '#lib/operations/testing/decide-as-shown.ts';
import { ProvenChainDecisions } from '#lib/operations/worker/prove-chain-decisions.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { canonicalize } from '#lib/protocol/intent.ts';
import { challengeOf } from '#lib/protocol/statement.ts';
import { adoptRosterOfAll } from '../verify-signed/testing/adopt-roster.ts';
import { chainDecisionProof } from './proofs.ts';
import { signedWatches } from './signed-watches.ts';

const chain = 'bip122:0f9188f13cb7b2c71f2a335e3a4fc328';
let desk: IncidentDesk;
beforeAll(async () => {
  desk = await openIncidentDesk();
  await adoptRosterOfAll(desk.owner);
});
afterAll(() => desk.close());

const find = (detail = 'checkpoint-gone') =>
  inTransaction(desk.worker, (tx) =>
    holdAsset(
      tx,
      { chain, asset: null, reason: 'chain-reorganised', detail },
      desk.context.clock(),
    ),
  );
/** Each starts with a hold of its own. */
beforeEach(async () => {
  desk.context.passTime(3_600_001);
  await find();
});

const needs = () => ({
  db: desk.worker,
  clock: desk.context.clock,
  isDecisionProved: chainDecisionProof({ db: desk.worker, clock: desk.context.clock }),
});
/** A look of the worker as it starts: with its own rights, and the rules of `npm run verify:signed`. */
const look = () => new ProvenChainDecisions(needs()).look();
const isHeld = async () => (await standingHolds(desk.web)).length > 0;
const readAnew = () => decisionToReadAnew(chain, needs());

type Word = {
  by: DeskPerson;
  /** Whose key is pressed; the person's own where it is left out. */
  key?: DeskPerson['key'];
  says?: Partial<ChainDecisionStatement>;
};

/**
 * Words with presses, written past every use case by whoever has the database's role.
 * @param known when the loss that they speak of was found; the newest where it is left out.
 */
async function write(
  db: Database,
  kind: 'go-on' | 'read-anew',
  words: readonly [Word, Word],
  known?: Date,
) {
  const { context } = desk;
  const holds = await standingHolds(db);
  const hold = holds.at(-1);
  const foundAt = known ?? (await heldChain(db, chain, holds))?.changedAt ?? null;
  if (!hold) throw new Error('It stands still.');
  const id = randomUUID();
  const at = context.clock();
  const signed = ({ by, key = by.key, says }: Word, step: 'ask' | 'agree') => {
    const statement: ChainDecisionStatement = {
      type: 'countersign/chain-decision/v1',
      organisation: context.settings.organisation,
      environment: 'sandbox',
      chain,
      kind,
      hold: hold.id,
      incident: hold.incident,
      foundAt: foundAt?.toISOString() ?? null,
      places: saidPlaces([]),
      decision: id,
      step,
      person: by.actor.personId,
      nonce: 'n'.repeat(43),
      issuedAt: at.toISOString(),
      ...says,
    };
    const { origin } = context.settings;
    const assertion = key.assert({ challenge: challengeOf(statement), origin });
    return { document: canonicalize(statement), assertion };
  };
  const [first, second] = [signed(words[0], 'ask'), signed(words[1], 'agree')];
  await db.chainDecision.create({
    data: {
      id,
      holdId: hold.id,
      kind,
      foundAt,
      firstBy: words[0].by.actor.personId,
      firstAt: at,
      firstDocument: first.document,
      firstAssertion: first.assertion,
      firstCredential: first.assertion.id,
    },
  });
  await db.chainDecision.update({
    where: { id },
    data: {
      secondBy: words[1].by.actor.personId,
      secondAt: at,
      secondDocument: second.document,
      secondAssertion: second.assertion,
      secondCredential: second.assertion.id,
    },
  });
  return id;
}

describe('two people', () => {
  it('let it go on with their keys, once the worker has found both proved', async () => {
    const { ada, ben } = desk.people;
    for (const person of [ada, ben])
      valueOf(await decideAsShown(person, { chain, kind: 'go-on' }, desk.context));
    expect(await isHeld()).toBe(true);
    await look();
    expect(await isHeld()).toBe(false);
  });

  it('spend each request for a key once, and one of another step or person not at all', async () => {
    const { context, people } = desk;
    const { ada, ben } = people;
    const form = await formAsShown({ chain, kind: 'go-on' }, context);
    const { nonce, options } = valueOf(await prepareChainDecision(ada.actor, form, context));
    const { origin } = context.settings;
    const submit = (by: DeskPerson, key = by.key) =>
      submitChainDecision(
        by.actor,
        { nonce, assertion: key.assert({ challenge: options.challenge, origin }) },
        context,
      );
    expect(await submit(ben)).toMatchObject({ refusal: { code: 'challenge-unknown' } });
    expect(valueOf(await submit(ada)).state).toBe('asked');
    expect(await submit(ada)).toMatchObject({ refusal: { code: 'challenge-used' } });
    const asked = await desk.web.chainDecision.count({ where: { secondBy: null } });
    const agreed = await formAsShown({ chain, kind: 'go-on' }, context);
    const wrong = { actor: ben.actor, key: ada.key };
    expect(await signDecision(wrong, agreed, context)).toMatchObject({ ok: false });
    expect(await desk.web.chainDecision.count({ where: { secondBy: null } })).toBe(asked);
  });

  it('say nothing with a key that was revoked before it was pressed', async () => {
    const { context, owner } = desk;
    const enrolled = await enrol(context, {
      displayName: 'Cem Aydin',
      roles: ['officer'],
      group: null,
    });
    await admit(owner, enrolled);
    const { actor } = await signIn(context, enrolled);
    const form = await formAsShown({ chain, kind: 'go-on' }, context);
    const { nonce, options } = valueOf(await prepareChainDecision(actor, form, context));
    await owner.credential.updateMany({
      where: { operatorId: actor.personId },
      data: { status: 'revoked' },
    });
    const { origin } = context.settings;
    const assertion = enrolled.key.assert({ challenge: options.challenge, origin });
    expect(await submitChainDecision(actor, { nonce, assertion }, context)).toMatchObject({
      refusal: { code: 'unknown-credential' },
    });
    const { personId: firstBy } = actor;
    expect(await desk.web.chainDecision.count({ where: { firstBy } })).toBe(0);
  });
});

describe('whoever has the role of the web server', () => {
  it.each(['go-on', 'read-anew'] as const)(
    'lets nothing %s with a press that is no press of the person’s own counted key',
    async (kind) => {
      const { ada, ben, mia } = desk.people;
      const stolen = newKey();
      for (const words of [
        [{ by: ada }, { by: ben, key: ada.key }],
        [{ by: ada, key: stolen }, { by: ben }],
        [{ by: ada }, { by: mia }],
        [{ by: ada }, { by: ben, says: { places: { count: 0, digest: '0'.repeat(64) } } }],
        [{ by: ada }, { by: ben, says: { incident: 'INC-2026-999999' } }],
        [{ by: ada, says: { chain: 'eip155:31337' } }, { by: ben }],
        [{ by: ada }, { by: ben, says: { environment: 'production' } }],
        [{ by: ada }, { by: ben, says: { issuedAt: '2026-01-01T00:00:00.000Z' } }],
      ] as const)
        await write(desk.web, kind, words);
      await look();
      expect([await isHeld(), await readAnew()]).toEqual([true, null]);
    },
  );

  it('writes no word that is about another hold, kind, step, decision or person than what was signed', async () => {
    const { ada, ben } = desk.people;
    for (const says of [
      { hold: randomUUID() },
      { kind: 'go-on-uncompared' },
      { step: 'ask' },
      { decision: randomUUID() },
      { person: ada.actor.personId },
      { places: { ...saidPlaces([]), count: 1 } },
      { foundAt: '2026-11-30T10:00:00.000Z' },
    ] satisfies Partial<ChainDecisionStatement>[])
      await expect(
        write(desk.web, 'go-on', [{ by: ada }, { by: ben, says }]),
        JSON.stringify(says),
      ).rejects.toThrow('comes with what was signed');
  });

  it('writes no word without its statement, and never that it is proved', async () => {
    const { ada, ben } = desk.people;
    const hold = (await standingHolds(desk.web)).at(-1);
    const at = desk.context.clock();
    const bare = { holdId: hold?.id ?? '', firstBy: ada.actor.personId, firstAt: at };
    await expect(
      desk.web.chainDecision.create({ data: { id: randomUUID(), kind: 'go-on', ...bare } }),
    ).rejects.toThrow();
    const id = await write(desk.web, 'go-on', [{ by: ada }, { by: ben, key: newKey() }]);
    for (const data of [{ provedAt: at }, { usedAt: at }, { firstDocument: '{}' }])
      await expect(desk.web.chainDecision.update({ where: { id }, data })).rejects.toThrow();
    await expect(
      desk.web.chainDecision.update({ where: { id }, data: { secondDocument: '{}' } }),
    ).rejects.toThrow('stays');
  });

  it('lets nothing go on by words that name another loss than the newest, whenever it dates them', async () => {
    const { ada, ben } = desk.people;
    const known = new Date(desk.context.clock().getTime() - 1_000);
    await write(desk.web, 'go-on', [{ by: ada }, { by: ben }], known);
    await look();
    expect(await isHeld()).toBe(true);
  });

  it('lets nothing go on without a second word, whatever the first says', async () => {
    const { ada } = desk.people;
    valueOf(await decideAsShown(ada, { chain, kind: 'go-on' }, desk.context));
    await look();
    expect(await isHeld()).toBe(true);
  });

  it('is found out: what no keys prove opens an incident', async () => {
    const { ada, ben } = desk.people;
    await write(desk.web, 'go-on', [{ by: ada }, { by: ben, key: newKey() }]);
    for (const [, run] of signedWatches({ db: desk.worker, clock: desk.context.clock }))
      await run();
    const said = await desk.owner.incidentRecord.findMany({
      where: { what: 'signature-unproved' },
    });
    const titles = said.map(({ title }) => title);
    expect(titles.some((one) => /^go-on of .*, agreed: the roster gives/.test(one))).toBe(true);
    expect(titles.join()).not.toContain(ben.actor.personId);
    expect(titles.join()).not.toContain(chain);
  });
});

it('a reading anew is carried out by words that keys prove', async () => {
  const { ada, ben } = desk.people;
  const id = await write(desk.web, 'read-anew', [{ by: ada }, { by: ben }]);
  expect(await readAnew()).toBeNull();
  // Another worker that looks at the same moment finds it done.
  await Promise.all([look(), look(), look()]);
  expect(await readAnew()).toBe(id);
  const proved = { kind: 'chain-decision-proved', subject: chain };
  const entries = await desk.owner.auditEntry.findMany({ where: proved, select: { leaf: true } });
  const readings = entries.filter(({ leaf }) => Buffer.from(leaf).includes('read-anew'));
  expect(readings).toHaveLength(1);
});

it('a reading anew that was signed twice is carried out once, and not for what is lost later', async () => {
  const { ada, ben } = desk.people;
  const before = (await standingHolds(desk.web)).length;
  const first = await write(desk.web, 'read-anew', [{ by: ada }, { by: ben }]);
  desk.context.passTime(1_000);
  await write(desk.web, 'read-anew', [{ by: ben }, { by: ada }]);
  await look();
  expect(await readAnew()).toBe(first);
  desk.context.passTime(1_000);
  const ground = { height: 1n, hash: 'aa'.repeat(32) };
  await standOn({ chain, ground, decision: first }, needs());
  expect(await readAnew()).toBeNull();
  desk.context.passTime(1_000);
  await find();
  await find();
  expect(await standingHolds(desk.web), 'the ground is lost anew').toHaveLength(before + 1);
  expect(await readAnew()).toBeNull();
  desk.context.passTime(1_000);
  const later = await write(desk.web, 'read-anew', [{ by: ada }, { by: ben }]);
  await look();
  expect(await readAnew(), 'signed since').toBe(later);
});

it('what is proved is proved within the hour or not at all', async () => {
  const { ada, ben } = desk.people;
  await write(desk.web, 'go-on', [{ by: ada }, { by: ben }]);
  desk.context.passTime(3_600_000);
  await look();
  expect(await isHeld()).toBe(true);
});
