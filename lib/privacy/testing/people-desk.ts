/** A console with clients and staff, for database tests about people's data. */
import type { Actor } from '#lib/identity/actor.ts';
import {
  admit,
  enrol,
  signIn,
  testContext,
  type TestContext,
} from '#lib/identity/testing/people.ts';
import type { Role } from '#lib/protocol/roster.ts';
import type { SoftwareAuthenticator } from '#lib/protocol/software-authenticator.ts';
import { openBooks, type Books } from '#lib/ledger/testing/books.ts';
import { recordPerson } from '../people/record-person.ts';

export type Colleague = { actor: Actor; key: SoftwareAuthenticator };
export type PeopleDesk = {
  books: Books;
  context: TestContext;
  officer: Colleague;
  dpo: Colleague;
  manager: Colleague;
  auditor: Colleague;
};

export async function openPeopleDesk(clients: readonly string[]): Promise<PeopleDesk> {
  const books = await openBooks(clients);
  const context = testContext(books.web);
  const colleague = async (displayName: string, role: Role): Promise<Colleague> => {
    const enrolled = await enrol(context, { displayName, roles: [role], group: null });
    await admit(books.owner, enrolled);
    return { actor: (await signIn(context, enrolled)).actor, key: enrolled.key };
  };
  return {
    books,
    context,
    officer: await colleague('Ada Hofmann', 'officer'),
    dpo: await colleague('Dora Petit', 'dpo'),
    manager: await colleague('Mara Lind', 'manager'),
    auditor: await colleague('Ida Berg', 'auditor'),
  };
}

/** What somebody says of themselves when they become a client. */
export const annaMueller = {
  'full-name': 'Änne Müller',
  'birth-date': '1980-02-29',
  nationality: 'DE',
  residence: 'Unter den Linden 1\n10117 Berlin',
  email: 'Anna.Mueller@example.org',
  'document-number': 'C01X 00T47',
} as const;

/** @returns the id of the person, recorded by an officer. */
export async function record(
  { officer, context }: PeopleDesk,
  client: string,
  values: Readonly<Record<string, string>> = annaMueller,
  role = 'client',
): Promise<string> {
  const recorded = await recordPerson(
    officer.actor,
    { client, role, source: 'form', ...values },
    context,
  );
  if (!recorded.ok) throw new Error(recorded.refusal.sentence);
  return recorded.value.id;
}
