import { expect, it } from 'vitest';
import { databaseFor } from '#lib/platform/db/client.ts';
import { authOptions } from './next-auth.ts';
import { testContext } from './testing/people.ts';

/** What next-auth calls with the form that came in. */
type Authorize = (form: Record<string, string>) => Promise<unknown>;

it('a sign-in while the database is away tells next-auth nothing but no', async () => {
  const nobody = databaseFor('postgresql://web:secret@127.0.0.1:9/none', { connectTimeoutMs: 500 });
  const options = authOptions(testContext(nobody), { secret: 's'.repeat(44), secure: false });
  const [provider] = options.providers;
  const authorize = (provider?.options as { authorize: Authorize } | undefined)?.authorize;
  expect(await authorize?.({ ticket: 'a'.repeat(43) })).toBeNull();
});
