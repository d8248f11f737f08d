/** A client with very many movements whose package was ordered, as it stands there, for the bench. */
import { randomUUID } from 'node:crypto';
import { dataKeys } from '#lib/platform/data-keys/our-keys.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { newPersonId } from '#lib/persons/ids.ts';
import { writePerson } from '#lib/persons/write-person.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { tiedLongAgo } from '../../testing/tied-long-ago.ts';
import type { Ordered } from '../build-package.ts';

const guarded = [
  'account',
  'journal',
  'posting',
  'privacy_request',
  'privacy_request_standing',
  'privacy_package',
];

/**
 * @param owner the owner's client, since triggers are left out for speed: the database is thrown away.
 * @param first a number that no journal has; the movements have those from it on.
 */
export async function fillOrder(
  owner: Database,
  movements: number,
  first: number,
): Promise<Ordered & { account: string }> {
  const client = `C-${800_000 + first}`;
  const account = `client/${client}/SOL`;
  const personId = newPersonId();
  const [keyId = '', requestKey = ''] = await dataKeys().make(2);
  const request = { id: randomUUID(), number: `DSR-2026-${String(first).padStart(6, '0')}` };
  const id = randomUUID();
  const at = new Date();
  await owner.client.create({ data: { id: client } });
  await inTransaction(owner, async (tx) => {
    await writePerson(
      tx,
      { id: personId, values: { 'full-name': 'Änne Müller', email: `anne-${first}@example.org` } },
      { by: 'system', at },
    );
    await tx.personTie.create({
      data: { personId, role: 'client', clientId: client, since: at, recordedBy: 'p-aaaaaaaaaa' },
    });
  });
  await tiedLongAgo(owner, client);
  for (const table of guarded)
    await owner.$executeRawUnsafe(`alter table ${table} disable trigger all`);
  await owner.$executeRaw`insert into account (id, kind, asset, client_id) values (${account}, 'client', 'SOL', ${client})`;
  await owner.$executeRaw`
    insert into journal (id, idempotency_key, kind, content_digest)
    select n, 'bench ' || n, 'deposit', encode(sha256(n::text::bytea), 'hex')
    from generate_series(${first}::bigint, ${first + movements - 1}::bigint) n`;
  await owner.$executeRaw`
    insert into posting (journal_id, line, account_id, asset, amount, balance)
    select n, 1, ${account}, 'SOL', -1000 - n, -1000 * n
    from generate_series(${first}::bigint, ${first + movements - 1}::bigint) n`;
  await owner.$executeRaw`
    insert into privacy_request (id, number, key_id, "right", channel, received_at, opened_at, opened_by)
    values (${request.id}::uuid, ${request.number}, ${requestKey}, 'access', 'desk', ${at}, ${at}, 'system')`;
  await owner.$executeRaw`
    insert into privacy_request_standing (request_id, number, "right", channel, received_at, seq, state, person_id)
    values (${request.id}::uuid, ${request.number}, 'access', 'desk', ${at}, 1, 'collecting', ${personId})`;
  await owner.$executeRaw`
    insert into privacy_package (id, request_id, version, key_id, "right", person_id, choices, ordered_by, ordered_at)
    values (${id}::uuid, ${request.id}::uuid, 1, ${keyId}, 'access', ${personId}, '[]', 'system', ${at})`;
  await owner.privacyPackageProgress.create({
    data: { packageId: id, attempt: 1, beatAt: at, done: 0 },
  });
  await owner.$executeRawUnsafe('vacuum (analyze) journal, posting, account');
  return { id, keyId, right: 'access', personId, choices: [], orderedAt: at, request, account };
}
