import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#lib/platform/db/testing/database.ts';
import { beginSignIn } from './begin-sign-in.ts';
import { finishSignIn } from './finish-sign-in.ts';
import { admit, enrol, testContext, valueOf } from './testing/people.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

it('of two key presses with the same counter at the same moment one passes', async () => {
  const context = testContext(database.connect('web'));
  const person = await enrol(context);
  await admit(database.connect('owner'), person);
  for (const signCount of [10, 20, 30, 40]) {
    const both = await Promise.all(
      [0, 1].map(async () => {
        const { nonce, options } = valueOf(await beginSignIn(context));
        const { challenge } = options;
        const { origin } = context.settings;
        return { nonce, assertion: person.key.assert({ challenge, origin, signCount }) };
      }),
    );
    const answers = await Promise.all(both.map((answer) => finishSignIn(answer, context)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.find(({ ok }) => !ok)).toMatchObject({
      refusal: { code: expect.stringContaining('counter') as string },
    });
  }
});
