/** A database with a board and who works for it, for database tests. */
import type { Actor } from '#lib/identity/actor.ts';
import { admit, enrol, signIn, testContext } from '#lib/identity/testing/people.ts';
import type { Context } from '#lib/platform/context.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { createTestDatabase, type TestDatabase } from '#lib/platform/db/testing/database.ts';
import type { Result } from '#lib/platform/result.ts';
import type { Role } from '#lib/protocol/roster.ts';
import type { SoftwareAuthenticator } from '#lib/protocol/software-authenticator.ts';
import { preparePackSignature } from '../prepare-signature.ts';
import { submitPackSignature } from '../submit-signature.ts';

export type BoardPerson = { actor: Actor; key: SoftwareAuthenticator };
export type BoardDesk = {
  database: TestDatabase;
  owner: Database;
  worker: Database;
  context: Context;
  /** Two members of the board, an administrator and an auditor. */
  people: Readonly<Record<'mara' | 'nils' | 'ben' | 'ida', BoardPerson>>;
  close(): Promise<void>;
};

export async function openBoardDesk(): Promise<BoardDesk> {
  const database = await createTestDatabase();
  const owner = database.connect('owner');
  const context = { ...testContext(database.connect('web')), clock: () => new Date() };
  const person = async (displayName: string, role: Role): Promise<BoardPerson> => {
    const enrolled = await enrol(context, { displayName, roles: [role], group: null });
    await admit(owner, enrolled);
    return { actor: (await signIn(context, enrolled)).actor, key: enrolled.key };
  };
  return {
    database,
    owner,
    worker: database.connect('worker'),
    context,
    people: {
      mara: await person('Mara Lind', 'manager'),
      nils: await person('Nils Berg', 'manager'),
      ben: await person('Ben Okafor', 'administrator'),
      ida: await person('Ida Berg', 'auditor'),
    },
    close: () => database.drop(),
  };
}

export type Asks<T> = (
  actor: Actor,
  input: unknown,
  context: Context,
) => Promise<Result<{ nonce: string; options: { challenge: string } } & T>>;

/** From the button to the record, with the person's key pressed in between. */
export async function press<T>(
  { context }: Pick<BoardDesk, 'context'>,
  { actor, key }: BoardPerson,
  input: unknown,
  {
    prepare,
    submit,
  }: {
    prepare: Asks<object>;
    submit: (actor: Actor, input: unknown, context: Context) => Promise<Result<T>>;
  },
): Promise<Result<T>> {
  const prepared = await prepare(actor, input, context);
  if (!prepared.ok) return prepared;
  const { nonce, options } = prepared.value;
  const assertion = key.assert({ challenge: options.challenge, origin: context.settings.origin });
  return submit(actor, { nonce, assertion }, context);
}

export const signPack = (
  desk: Pick<BoardDesk, 'context'>,
  person: BoardPerson,
  input: { id: string; decision: string; conditions?: string },
) => press(desk, person, input, { prepare: preparePackSignature, submit: submitPackSignature });
