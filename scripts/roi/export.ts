/** Writes the register of information as it stands in the console's records. */
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { registerSubject } from '#lib/resilience/register/audit-subject.ts';
import { checkPackage, isBlocking } from '#lib/resilience/roi/check-package.ts';
import {
  nameOfOrder,
  writePackage,
  type PackageOrder,
  type WrittenPackage,
} from '#lib/resilience/roi/write-package.ts';
import { withRegisterSource } from '#lib/resilience/records/register-source.ts';
import { withContext } from '../supervisor/open-context.ts';
import { fileProblem, Problem } from '../supervisor/problem.ts';
import type { Command } from './command.ts';

/** Amounts without a currency of their own are of the entity's, or of the Union's. */
const currencyOf = (own: string | null): string => own ?? 'EUR';

/** A path that ends with .zip is the file; any other is a folder for a file of its own name, made where there is none. */
async function placeFor(path: string, order: PackageOrder): Promise<string> {
  const at = resolve(path);
  if (/\.zip$/i.test(at)) return at;
  // The register names who serves the custodian, and how.
  await mkdir(at, { recursive: true, mode: 0o700 });
  return join(at, `${nameOfOrder(order)}.zip`);
}

const rowsOf = ({ rows }: WrittenPackage): number =>
  [...rows.values()].reduce((sum, count) => sum + count, 0);

async function writeTo(path: string, order: PackageOrder): Promise<WrittenPackage> {
  try {
    return await writePackage(await placeFor(path, order), order);
  } catch (error) {
    throw fileProblem(error, path) ?? error;
  }
}

/** @returns the exit code. */
export async function exportRegister({
  path,
  date,
  country,
  scope,
}: Command & { kind: 'export' }): Promise<number> {
  const written = await withContext('npm start', async ({ db, clock }) => {
    const done = await withRegisterSource(db, date, async (source) => {
      if (source.entity === null)
        throw new Problem(
          'The entity that keeps the register is not on record yet. Record it first.',
        );
      const order: PackageOrder = {
        lei: source.entity.lei,
        scope,
        country: country ?? source.entity.country,
        period: date,
        currency: currencyOf(source.entity.currency),
        madeAt: clock(),
        source,
      };
      return writeTo(path, order);
    });
    await inTransaction(db, (tx) =>
      appendAudit(tx, {
        kind: 'register-of-information-exported',
        subject: registerSubject,
        // Whoever has the machine; the console doesn't know them.
        actor: 'system',
        at: clock(),
        facts: { date, rows: rowsOf(done), bytes: done.bytes },
      }),
    );
    return done;
  });
  const rows = rowsOf(written);
  console.log(`${written.path} holds ${rows} rows in 15 templates.`);
  const findings = await checkPackage(written.path);
  const blocking = findings.filter(isBlocking).length;
  console.log(
    findings.length === 0
      ? 'A check finds nothing.'
      : `A check finds ${blocking} that would refuse it and ${findings.length - blocking} to be asked about: npm run roi -- check ${written.path}`,
  );
  return 0;
}
