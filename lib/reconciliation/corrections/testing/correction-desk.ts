/** Books with clients, and three people who correct them, for database tests. */
import {
  admit,
  enrol,
  signIn,
  testContext,
  type TestContext,
} from '#lib/identity/testing/people.ts';
import { openBooks, type Books } from '#lib/ledger/testing/books.ts';
import type { Signer } from './press-correction.ts';

export type CorrectionDesk = {
  books: Books;
  web: TestContext;
  /** Two officers and a manager. */
  ada: Signer;
  ben: Signer;
  cara: Signer;
};

export async function openCorrectionDesk(clients: readonly string[]): Promise<CorrectionDesk> {
  const books = await openBooks(clients);
  const web = testContext(books.web);
  const person = async (displayName: string, role: 'officer' | 'manager'): Promise<Signer> => {
    const enrolled = await enrol(web, { displayName, roles: [role], group: null });
    await admit(books.owner, enrolled);
    return { actor: (await signIn(web, enrolled)).actor, key: enrolled.key };
  };
  return {
    books,
    web,
    ada: await person('Ada Hofmann', 'officer'),
    ben: await person('Ben Okafor', 'officer'),
    cara: await person('Cara Lind', 'manager'),
  };
}
