/** @file A long text stands in parts, and its key is the key of all of them: what ends it ends the whole. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import pg from 'pg';
import { sealText } from '#lib/audit/sealed-text.ts';
import { dataKeys } from '#lib/platform/data-keys/our-keys.ts';
import { joinParts, PART_BYTES, sealWholes } from '#lib/platform/data-keys/sealed-parts.ts';
import { createTestDatabase, type TestDatabase } from '#lib/platform/db/testing/database.ts';

let database: TestDatabase;
let owner: pg.Client;
let web: pg.Client;
beforeAll(async () => {
  database = await createTestDatabase();
  owner = new pg.Client({ connectionString: database.urls.owner });
  web = new pg.Client({ connectionString: database.urls.web });
  await owner.connect();
  await web.connect();
  // Guards of the tables are about what their room keeps; here it is about keys alone.
  await owner.query('create table long_text (commitment text primary key, sealed bytea)');
  await owner.query(`create trigger owns_its_key after insert or update of sealed on long_text
    for each row execute function own_key_of_text()`);
  await owner.query('grant insert, update, select on long_text to countersign_web');
});
afterAll(async () => {
  await owner.end();
  await web.end();
  await database.drop();
});

const codeOf = async (work: Promise<unknown>): Promise<string | null> =>
  work.then(
    () => null,
    (error: unknown) => (error as { code: string }).code,
  );
const commitment = () => randomBytes(32).toString('hex');

/** A text of so many parts, each under the key of its place. */
async function sealedUnder(keys: readonly string[]): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for (const [index, key] of keys.entries()) {
    const size = index === keys.length - 1 ? 10 : PART_BYTES;
    const [whole = []] = await sealWholes([
      { key, contextOf: () => `text/${index}`, plain: new Uint8Array(size) },
    ]);
    parts.push(...whole);
  }
  return Buffer.from(joinParts(parts));
}
const put = (sealed: Buffer, about = commitment()) =>
  codeOf(web.query('insert into long_text values ($1, $2)', [about, sealed]));
const wait = (texts: readonly { sealed: string; commitment: string }[]) =>
  codeOf(
    web.query(
      `insert into challenge (nonce, purpose, document, payload, challenge, expires_at)
         values ($1, 'test', '', $2, $1, now() + interval '5 minutes')`,
      [randomBytes(32).toString('base64url'), JSON.stringify({ texts })],
    ),
  );

describe('a text in parts', () => {
  it('is taken under one key, and under no further one, whosever that is', async () => {
    const [own = '', other = ''] = await dataKeys().make(2);
    const sealed = await sealedUnder([own, own, own]);
    expect(await put(sealed)).toBeNull();
    const [fresh = ''] = await dataKeys().make(1);
    for (const keys of [
      [fresh, other],
      [fresh, fresh, other],
      [fresh, own],
    ])
      expect(await put(await sealedUnder(keys)), keys.join(' ')).toBe('CS002');
    // Nor where it takes the place of another one.
    const about = commitment();
    expect(await put(await sealedUnder([fresh]), about)).toBeNull();
    const change = web.query('update long_text set sealed = $2 where commitment = $1', [
      about,
      await sealedUnder([fresh, other]),
    ]);
    expect(await codeOf(change)).toBe('CS002');
  });

  it('is cut where the program cuts it, so that no part is overlooked', async () => {
    const [own = '', other = ''] = await dataKeys().make(2);
    const whole = await sealedUnder([own, own]);
    const tail = Buffer.from(whole);
    Buffer.from(other, 'hex').copy(tail, PART_BYTES + 45 + 1);
    expect(await put(tail)).toBe('CS002');
    expect(await put(whole)).toBeNull();
    const made = await sealText('incident_submission', 'x'.repeat(2 * PART_BYTES + 1));
    expect(await put(Buffer.from(made.sealed), made.commitment)).toBeNull();
  });

  it('waits for its signature under one key as well, and no more of them wait than are looked through', async () => {
    const [own = '', other = ''] = await dataKeys().make(2);
    const text = async (keys: readonly string[]) => ({
      sealed: (await sealedUnder(keys)).toString('base64'),
      commitment: commitment(),
    });
    expect(await wait([await text([own, other])])).toBe('CS002');
    expect(await wait([await text([own, own])])).toBeNull();
    const one = await text([other]);
    expect(await wait(Array.from({ length: 101 }, () => one))).toBe('CS002');
  });
});
