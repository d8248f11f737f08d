import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  enrol,
  signIn,
  testContext,
  valueOf,
  type TestContext,
} from '#lib/identity/testing/people.ts';
import { createTestDatabase, type TestDatabase } from '#lib/platform/db/testing/database.ts';
import { draftGenesis } from './draft-genesis.ts';
import { latestGenesis } from './latest-genesis.ts';
import { submitGenesisSignature } from './sign-genesis.ts';
import { enrolFounders, parties, press, sign, type Enrolled } from './testing/founding.ts';

let database: TestDatabase;
let context: TestContext;
let founders: Enrolled[];

beforeEach(async () => {
  database = await createTestDatabase();
  context = testContext(database.connect('web'));
  founders = await enrolFounders(context);
});
afterEach(() => database.drop());

const founder = (place: number): Enrolled => {
  const found = founders[place];
  if (!found) throw new Error('no such founder');
  return found;
};
const code = (answer: { ok: boolean; refusal?: { code: string } }) => answer.refusal?.code;
const joins = { displayName: 'Founder 5', roles: ['auditor' as const], group: null };

describe('the genesis document', () => {
  it('is complete when every founder has signed, and not before', async () => {
    const { digest } = valueOf(await draftGenesis(parties, context));
    for (const place of [0, 1, 2]) valueOf(await sign(founder(place), digest, context));
    expect((await latestGenesis(context.db))?.state).toBe('collecting');
    expect(valueOf(await sign(founder(3), digest, context))).toEqual({ signed: 4, founders: 4 });
    expect((await latestGenesis(context.db))?.state).toBe('signed');
  });

  it('takes one signature of each founder', async () => {
    const { digest } = valueOf(await draftGenesis(parties, context));
    valueOf(await sign(founder(0), digest, context));
    expect(code(await sign(founder(0), digest, context))).toBe('already-signed');
    expect(await context.db.genesisStatement.count()).toBe(1);
  });

  it('takes none of somebody who enrolled after it was drawn up', async () => {
    const { digest } = valueOf(await draftGenesis(parties, context));
    const late = await enrol(context, joins);
    expect(code(await sign(late, digest, context))).toBe('not-a-founder');
  });

  it('drawn up again, counts signatures anew, also one that was under way', async () => {
    const before = valueOf(await draftGenesis(parties, context)).digest;
    valueOf(await sign(founder(0), before, context));
    const { actor } = await signIn(context, founder(1));
    const pressed = valueOf(await press(actor, founder(1), before, context));
    await enrol(context, joins);
    context.passTime(1_000);
    const { digest } = valueOf(await draftGenesis(parties, context));
    expect(digest).not.toBe(before);
    expect(code(await submitGenesisSignature(actor, pressed, context))).toBe('genesis-changed');
    expect(code(await sign(founder(2), before, context))).toBe('genesis-changed');
    expect(await context.db.genesisStatement.count({ where: { digest } })).toBe(0);
  });

  it('is the one in question again when the very same is drawn up once more', async () => {
    const before = valueOf(await draftGenesis(parties, context)).digest;
    context.passTime(1_000);
    const other = {
      ...context,
      settings: { ...context.settings, origin: 'http://localhost:3400' },
    };
    const wrong = valueOf(await draftGenesis(parties, other)).digest;
    expect((await latestGenesis(context.db))?.digest).toBe(wrong);
    context.passTime(1_000);
    valueOf(await draftGenesis(parties, context));
    expect((await latestGenesis(context.db))?.digest).toBe(before);
    valueOf(await sign(founder(0), before, context));
  });
});
