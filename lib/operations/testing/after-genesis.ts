/** A test's own database with the fewest founders, after genesis, with every one signed in. */
import type { Actor } from '#lib/identity/actor.ts';
import { signIn, testContext, valueOf, type TestContext } from '#lib/identity/testing/people.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { createTestDatabase, type TestDatabase } from '#lib/platform/db/testing/database.ts';
import type { Result } from '#lib/platform/result.ts';
import { canonicalize, digestOf } from '#lib/protocol/intent.ts';
import type { SoftwareAuthenticator } from '#lib/protocol/software-authenticator.ts';
import { draftGenesis } from '../genesis/draft-genesis.ts';
import { enrolFounders, parties } from '../genesis/testing/founding.ts';
import type { StatementRequest } from '../issue-statement.ts';
import { submitStatement, type Submitted } from '../submit-statement.ts';

export type Founder = { actor: Actor; key: SoftwareAuthenticator };

export type AfterGenesis = {
  database: TestDatabase;
  context: TestContext;
  owner: Database;
  /** Raiser and administrator, control, custody, recovery: in this order. */
  founders: readonly [Founder, Founder, Founder, Founder];
};

/** The parties' part is left out: roster and policy are in force as the worker would write them. */
export async function openAfterGenesis(): Promise<AfterGenesis> {
  const database = await createTestDatabase();
  const context = testContext(database.connect('web'));
  const owner = database.connect('owner');
  const enrolled = await enrolFounders(context);
  const { roster, policy } = valueOf(await draftGenesis(parties, context)).document;
  await owner.rosterVersion.create({
    data: { version: 1, digest: digestOf(roster), document: canonicalize(roster) },
  });
  await owner.policyVersion.create({
    data: { version: 1, digest: digestOf(policy), document: canonicalize(policy) },
  });
  await owner.operator.updateMany({ data: { status: 'active' } });
  await owner.credential.updateMany({ data: { status: 'active' } });
  const founders: Founder[] = [];
  for (const { key } of enrolled)
    founders.push({ key, actor: (await signIn(context, { key })).actor });
  const [raiser, control, custody, recovery] = founders;
  if (!raiser || !control || !custody || !recovery) throw new Error('Too few founders.');
  return { database, context, owner, founders: [raiser, control, custody, recovery] };
}

/** Presses the person's key on a statement and hands it in, as whoever they are by then. */
export async function press(
  { key, actor }: Founder,
  { nonce, options }: StatementRequest,
  context: TestContext,
): Promise<Result<Submitted>> {
  const { origin } = context.settings;
  const assertion = key.assert({ challenge: options.challenge, origin });
  return submitStatement(actor, { nonce, assertion }, context);
}
