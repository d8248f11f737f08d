/** Erasures as they are decided and carried out, step by step, against the real database and key service. */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { isFieldName } from '#lib/persons/field-map.ts';
import { writePerson } from '#lib/persons/write-person.ts';
import { openValues } from '#lib/persons/sealed-value.ts';
import { searchHash } from '#lib/persons/search-hashes.ts';
import { BLACK } from '#lib/persons/texts/black-out.ts';
import { dataKeys } from '#lib/platform/data-keys/our-keys.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import type { Result } from '#lib/platform/result.ts';
import { needlesOf } from '../scan/needles.ts';
import { Places } from '../scan/place.ts';
import { scanSealed } from '../scan/scan-sealed.ts';
import { scanTables } from '../scan/scan-tables.ts';
import { sealedColumns } from '../scan/sealed-columns.ts';
import { fulfilRequest } from '../requests/carry-out.ts';
import { loadRequest } from '../requests/load-request.ts';
import { viewRequest } from '../requests/view-request.ts';
import { held } from '../testing/hold-desk.ts';
import {
  askedToErase,
  decidedErasure,
  erasureNeeds,
  noted,
  notedText,
  planFor,
  proposing,
  somebody,
  tied,
} from '../testing/erasure-desk.ts';
import { openRequestDesk, press, type RequestDesk } from '../testing/request-desk.ts';
import { carryErasure, stepErasure } from './erasure-desk.ts';
import { removeValues } from './remove-values.ts';
import { takeDecided } from './take-decided.ts';
import { sentDigest } from '../testing/sent-digest.ts';

let desk: RequestDesk;
beforeAll(async () => {
  desk = await openRequestDesk();
});
afterAll(() => desk.close());

let counted = 0;
/** Values that nobody else has, so that a scan for them says something. */
function values() {
  counted += 1;
  return {
    'full-name': `Zenobia Quill${counted}son`,
    email: `zenobia.quill${counted}@example.org`,
    'document-number': `QX${counted}77Z4${counted}1`,
    'birth-date': '1984-05-17',
  };
}

const note = (text: string) => noted(desk, text);
const textOf = (commitment: string) => notedText(desk, commitment);
const sealedOf = (person: string) =>
  desk.owner.personValue.findMany({ where: { personId: person }, orderBy: { field: 'asc' } });
const opened = (rows: Awaited<ReturnType<typeof sealedOf>>) =>
  openValues(rows.flatMap((row) => (isFieldName(row.field) ? [{ ...row, field: row.field }] : [])));
const code = async (acting: Promise<Result<unknown>>): Promise<string> => {
  const result = await acting;
  return result.ok ? 'done' : result.refusal.code;
};
const erasureOf = (id: string) => desk.owner.personErasure.findUniqueOrThrow({ where: { id } });
const stateOf = async (request: string) => (await loadRequest(desk.owner, request))?.standing.state;

/** Looks as the owner through every table and everything sealed. */
async function scan(wanted: readonly string[]): Promise<string[]> {
  const client = new pg.Client({ connectionString: desk.database.urls.owner });
  await client.connect();
  try {
    const places = new Places();
    const options = {
      needles: needlesOf(wanted),
      places,
      signal: new AbortController().signal,
      report: () => undefined,
    };
    await scanTables(client, options);
    await scanSealed(client, sealedColumns, { ...options, keys: dataKeys() });
    return places.named.map(({ where }) => where);
  } finally {
    await client.end();
  }
}

describe('an erasure that two people decided', () => {
  it('leaves nothing of the person that opens, is found or is named, and a tombstone', async () => {
    const known = values();
    const person = await somebody(desk, known);
    const text = await note(`${known['full-name']} called, and Bob Stone answered.`);
    const before = await sealedOf(person);
    const { id, erasure, plan } = await decidedErasure(desk, person);
    expect(plan).toMatchObject({ outcome: 'whole', blockers: [] });
    expect(await scan([known.email, known['full-name']])).not.toEqual([]);
    const needs = erasureNeeds(desk, {
      verifyBooks: () => Promise.resolve({ journals: 7, accounts: 3 }),
    });
    expect(await carryErasure(needs, erasure)).toBe('proved');

    expect(await desk.owner.person.findUnique({ where: { id: person } })).toMatchObject({
      keyId: null,
      erasedAt: expect.any(Date),
    });
    expect(await sealedOf(person)).toEqual([]);
    expect(await desk.owner.personHash.count({ where: { personId: person } })).toBe(0);
    // What a backup from before holds opens with no key that there is.
    expect(await opened(before)).toEqual(before.map(() => null));
    expect(await textOf(text)).toBe(`${BLACK} called, and Bob Stone answered.`);
    expect(await scan([known.email, known['full-name'], known['document-number']])).toEqual([]);

    const row = await erasureOf(erasure);
    expect(row).toMatchObject({
      state: 'proved',
      gone: { values: 4, hashes: 3, texts: 1 },
      receipt: { places: expect.arrayContaining([expect.objectContaining({ done: true })]) },
      proof: { unreadable: 4, found: [], journals: 7, accounts: 3 },
    });
    expect(await desk.owner.personErasureWitness.count({ where: { erasureId: erasure } })).toBe(0);
    const file = await loadRequest(desk.owner, id);
    expect(file?.standing).toMatchObject({
      state: 'approved',
      erased: { scope: 'whole', values: 4 },
    });
    expect(
      await desk.owner.auditEntry.count({ where: { kind: 'person-erased', subject: person } }),
    ).toBe(1);
  });

  it('is answered only when it is proved', async () => {
    const person = await somebody(desk, values());
    const { id, erasure } = await decidedErasure(desk, person);
    const answer = async (seen: number) =>
      code(
        fulfilRequest(
          desk.people.dora.actor,
          {
            id,
            seen: `${seen}`,
            channel: 'email',
            sentAt: desk.context.clock().toISOString().slice(0, 16),
            digest: await sentDigest(desk.owner, id),
            namesRemedies: 'yes',
            proof: 'Registered letter 4711.',
          },
          desk.context,
        ),
      );
    expect(await answer(7)).toBe('not-erased');
    await carryErasure(erasureNeeds(desk), erasure);
    expect(await answer(8)).toBe('done');
  });

  it('goes on where it was cut off, whatever step that was, and does each once', async () => {
    const known = values();
    const person = await somebody(desk, known);
    const text = await note(`Wrote to ${known.email} twice.`);
    const { id, erasure } = await decidedErasure(desk, person);
    const away = new Error('cut off');
    const states: string[] = [];
    for (;;) {
      // Every step is begun twice, as by a worker that ended right after it, or by two workers.
      const state = await stepErasure(erasureNeeds(desk), erasure);
      states.push(state);
      if (state === 'proved') break;
      if (state === 'swept') await removeValues(erasureNeeds(desk), erasure);
      if (state === 'looked')
        await expect(
          stepErasure(erasureNeeds(desk, { verifyBooks: () => Promise.reject(away) }), erasure),
        ).rejects.toThrow('cut off');
    }
    expect(states).toEqual(['due', 'swept', 'removed', 'looked', 'shredded', 'proved']);
    expect(await erasureOf(erasure)).toMatchObject({ gone: { values: 4, hashes: 3, texts: 1 } });
    expect(await textOf(text)).toBe(`Wrote to ${BLACK} twice.`);
    expect(
      await desk.owner.privacyRequestEvent.count({ where: { requestId: id, kind: 'erased' } }),
    ).toBe(1);
    expect(await takeDecided(erasureNeeds(desk))).toBe(0);
  });

  it('changes nothing where the books do not hold, but to say so, and is not told as done', async () => {
    const person = await somebody(desk, values());
    const { id, erasure } = await decidedErasure(desk, person);
    const wrong = erasureNeeds(desk, {
      verifyBooks: () => Promise.reject(new Error('an account is kept wrong')),
    });
    await expect(carryErasure(wrong, erasure)).rejects.toThrow('kept wrong');
    expect(await erasureOf(erasure)).toMatchObject({ state: 'shredded' });
    expect((await loadRequest(desk.owner, id))?.standing.erased).toBeNull();
    expect(await carryErasure(erasureNeeds(desk), erasure)).toBe('proved');
  });
});

describe('an erasure in part', () => {
  it('takes what nothing stands against, and seals the rest under a new key', async () => {
    const known = values();
    const person = await somebody(desk, { ...known, phone: '+49 30 5559871' });
    await tied(desk, person, {
      client: 'C-88001',
      until: new Date(desk.context.clock().getTime() - 86_400_000),
    });
    const before = await sealedOf(person);
    const { id, erasure, plan } = await decidedErasure(desk, person);
    expect(plan).toMatchObject({ outcome: 'part', fields: ['email', 'phone'] });
    const keyBefore = (await desk.owner.person.findUniqueOrThrow({ where: { id: person } })).keyId;
    expect(await carryErasure(erasureNeeds(desk), erasure)).toBe('proved');

    const after = await sealedOf(person);
    expect(after.map(({ field, version }) => [field, version])).toEqual([
      ['birth-date', 1],
      ['document-number', 1],
      ['full-name', 1],
    ]);
    expect(await opened(after)).toEqual([
      known['birth-date'],
      known['document-number'],
      known['full-name'],
    ]);
    expect(await opened(before)).toEqual(before.map(() => null));
    const { keyId } = await desk.owner.person.findUniqueOrThrow({ where: { id: person } });
    expect(keyId).not.toBe(keyBefore);
    const finds = async (kind: 'name' | 'email', value: string) => {
      const hash = await searchHash(kind, value);
      return desk.owner.personHash.count({
        where: { personId: person, hash: hash ?? Buffer.of() },
      });
    };
    expect(await finds('name', known['full-name'])).toBe(1);
    expect(await finds('email', known.email)).toBe(0);
    expect(await scan([known.email])).toEqual([]);
    expect((await loadRequest(desk.owner, id))?.standing.erased).toMatchObject({ scope: 'part' });
    // Told is who got what went: the mail service, and no authority that may ask for what stays.
    const { recipients } = valueOf(await viewRequest(desk.people.dora.actor, id, desk.context));
    expect(recipients.filter(({ from }) => from === 'map').map(({ name }) => name)).toEqual([
      'Provider of the mail service',
    ]);
  });
});

describe('what stands against it', () => {
  const propose = async (person: string, more: object = {}) => {
    const asked = await askedToErase(desk, person);
    const plan = await planFor(desk, person, asked);
    return code(press(desk, desk.people.mia, proposing(asked, plan, more)));
  };

  it('refuses the decision: a relationship, a hold, another request, a plan that is not this one', async () => {
    const client = await somebody(desk, values());
    await tied(desk, client, { client: 'C-88002' });
    expect(await propose(client)).toBe('blocked');
    // The page names no plan where nothing can go, and what is told is what stands against it.
    expect(await propose(client, { plan: '' })).toBe('blocked');
    const heldPerson = await somebody(desk, values());
    await held(desk, { person: heldPerson });
    expect(await propose(heldPerson)).toBe('blocked');
    const asking = await somebody(desk, values());
    await askedToErase(desk, asking, 'access');
    expect(await propose(asking)).toBe('blocked');
    const free = await somebody(desk, values());
    expect(await propose(free, { plan: 'b'.repeat(64) })).toBe('plan-other');
    const other = await somebody(desk, values());
    expect(await propose(other, { plan: '' })).toBe('no-plan');
    const part = await somebody(desk, values());
    await tied(desk, part, {
      client: 'C-88003',
      until: new Date(desk.context.clock().getTime() - 86_400_000),
    });
    expect(await propose(part, { decision: 'grant', grounds: [] })).toBe('blocked');
    for (const person of [client, heldPerson, asking, free, other, part]) {
      expect((await sealedOf(person)).length).toBe(4);
      expect(await desk.owner.personErasure.count({ where: { personId: person } })).toBe(0);
    }
  });

  it('refuses it while the key is not known to the service', async () => {
    const person = await somebody(desk, values());
    const { keyId } = await desk.owner.person.findUniqueOrThrow({ where: { id: person } });
    const asked = await askedToErase(desk, person);
    const plan = await planFor(desk, person, asked);
    await dataKeys().shred([keyId ?? '']);
    expect(await code(press(desk, desk.people.mia, proposing(asked, plan)))).toBe('key-unknown');
  });

  it('refuses it while the keys are away, and what was begun waits without a change', async () => {
    const person = await somebody(desk, values());
    const asked = await askedToErase(desk, person);
    const plan = await planFor(desk, person, asked);
    const { erasure } = await decidedErasure(desk, await somebody(desk, values()));
    const address = process.env['COUNTERSIGN_KEYS'];
    process.env['COUNTERSIGN_KEYS'] = 'unix:/tmp/nobody-is-here.sock';
    try {
      expect(await code(press(desk, desk.people.mia, proposing(asked, plan)))).toBe('keys-away');
      await expect(carryErasure(erasureNeeds(desk), erasure)).rejects.toThrow('does not answer');
    } finally {
      process.env['COUNTERSIGN_KEYS'] = address;
    }
    expect(await erasureOf(erasure)).toMatchObject({ state: 'due' });
    expect((await sealedOf(person)).length).toBe(4);
    expect(await carryErasure(erasureNeeds(desk), erasure)).toBe('proved');
  });

  it('keeps who approved something: an operator with acts on record is not erased out of them', async () => {
    expect(await propose(desk.people.ben.actor.personId)).toBe('blocked');
    const left = 'p-zyxwvutsrq';
    const operation = '0b9d1c52-7c1e-4c7e-9f51-0a6f3f0f1c11';
    await inTransaction(desk.web, (tx) =>
      writePerson(tx, { id: left, values: values() }, { by: 'system', at: new Date() }),
    );
    await inTransaction(desk.owner, async (tx) => {
      await tx.$executeRaw`set local session_replication_role = replica`;
      await tx.$executeRaw`alter table operator disable trigger all`;
      await tx.$executeRaw`alter table operation_statement disable trigger all`;
      await tx.operator.create({ data: { id: left, roles: ['officer'], status: 'suspended' } });
      await tx.operationStatement.create({
        data: {
          operationId: operation,
          personId: left,
          decision: 'approve',
          attempt: 1,
          document: JSON.stringify({ operation, person: left, decision: 'approve', attempt: 1 }),
          assertion: {},
          credentialId: 'a key',
        },
      });
    });
    const asked = await askedToErase(desk, left);
    const plan = await planFor(desk, left, asked);
    expect(plan.blockers.map(({ code }) => code)).toEqual(['acts-on-record']);
    expect(plan.fields).not.toContain('full-name');
    expect(
      await code(
        press(desk, desk.people.mia, proposing(asked, plan, { decision: 'grant', grounds: [] })),
      ),
    ).toBe('blocked');
    expect((await sealedOf(left)).map(({ field }) => field)).toContain('full-name');
  });

  it('puts a decision back that does not hold any more, before anything went', async () => {
    const known = values();
    const person = await somebody(desk, known);
    const text = await note(`${known['full-name']} asked for it.`);
    const { id, erasure } = await decidedErasure(desk, person);
    await stepErasure(erasureNeeds(desk), erasure);
    await held(desk, { person });
    expect(await carryErasure(erasureNeeds(desk), erasure)).toBe('left');
    expect((await sealedOf(person)).length).toBe(4);
    expect(await textOf(text)).toContain(known['full-name']);
    expect(await stateOf(id)).toBe('opinion');
    expect(await erasureOf(erasure)).toMatchObject({ state: 'left', reason: 'held' });
    // It is decided anew, with a plan of now, and not carried out by itself.
    expect(await takeDecided(erasureNeeds(desk))).toBe(0);
  });

  it('is looked at again in the transaction in which values go', async () => {
    const person = await somebody(desk, values());
    const { erasure } = await decidedErasure(desk, person);
    await stepErasure(erasureNeeds(desk), erasure);
    await held(desk, { person });
    await removeValues(erasureNeeds(desk), erasure);
    expect(await erasureOf(erasure)).toMatchObject({ state: 'left' });
    expect((await sealedOf(person)).length).toBe(4);
  });

  it('lets two workers take one decision once', async () => {
    const person = await somebody(desk, values());
    const asked = await askedToErase(desk, person);
    const plan = await planFor(desk, person, asked);
    valueOf(await press(desk, desk.people.mia, proposing(asked, plan)));
    valueOf(await press(desk, desk.people.ada, { id: asked.id, seen: '6', step: 'approved' }));
    await Promise.all([takeDecided(erasureNeeds(desk)), takeDecided(erasureNeeds(desk))]);
    const rows = await desk.owner.personErasure.findMany({ where: { personId: person } });
    expect(rows.length).toBe(1);
    const id = rows[0]?.id ?? '';
    // Both carry it at once; what one did the other finds done.
    await Promise.allSettled([
      carryErasure(erasureNeeds(desk), id),
      carryErasure(erasureNeeds(desk), id),
    ]);
    expect(await carryErasure(erasureNeeds(desk), id)).toBe('proved');
  });
});
