import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { openAfterGenesis, type AfterGenesis } from '#lib/operations/testing/after-genesis.ts';
import { newPersonId } from '#lib/persons/ids.ts';
import { mentionsOf } from '#lib/persons/texts/mentions.ts';
import { writePerson } from '#lib/persons/write-person.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { renderCamt } from '#lib/sandbox/banks/render-statement.ts';
import { bytesOf, sampleIban, sampleStatement } from '../statements/testing/samples.ts';
import { BankTextWatch } from './bank-text-watch.ts';
import { importStatement } from './import-statement.ts';
import { recordBankAccount } from './record-account.ts';

let desk: AfterGenesis;
beforeAll(async () => {
  desk = await openAfterGenesis();
  desk.context.passTime(4 * 86_400_000);
  const { actor } = desk.founders[0];
  valueOf(
    await recordBankAccount(
      actor,
      {
        id: 'clients-1',
        iban: sampleIban,
        institution: 'Sample Bank of the Danube',
        bic: 'SABDATW1',
        segregated: true,
        openedOn: '2025-01-02',
      },
      desk.context,
    ),
  );
  const bytes = bytesOf(renderCamt(sampleStatement()));
  const file = { account: 'clients-1', format: 'camt.053', bytes };
  valueOf(await importStatement(actor, file, desk.context));
});
afterAll(() => desk.database.drop());

it('whom a payer names is put on record after the import, and waits while keys are away', async () => {
  // As the sample says: "Fees & charges <November>".
  const id = newPersonId();
  await inTransaction(desk.database.connect('web'), (tx) =>
    writePerson(
      tx,
      { id, values: { 'full-name': 'November Charges' } },
      { by: 'system', at: new Date() },
    ),
  );
  const watch = new BankTextWatch({ db: desk.database.connect('worker') });
  vi.stubEnv('COUNTERSIGN_KEYS', 'unix:/nowhere/keys.sock');
  await expect(watch.look()).rejects.toThrow();
  vi.unstubAllEnvs();
  expect(await desk.owner.bankTextLooked.count()).toBe(0);
  await damageEntry();
  expect(await watch.look()).toBeGreaterThan(0);
  expect(await watch.look()).toBe(0);
  // One that does not open is on record, and keeps none of the others from being looked at.
  expect(await desk.owner.dataKeyRefusal.findMany({ select: { owner: true } })).toEqual([
    { owner: expect.stringMatching(/^bank_entry_text\/[0-9a-f]{64}$/) },
  ]);
  expect(await desk.owner.bankTextLooked.count({ where: { done: true } })).toBe(1);
  const [mention] = await mentionsOf(desk.owner, id);
  const named = await desk.owner.bankEntry.findFirst({
    where: { commitment: mention?.commitment ?? '' },
  });
  expect([mention?.table, named?.reference]).toEqual(['bank_entry_text', 'BANKREF-0002']);
});

/** As damage on a disk leaves it. */
const damageEntry = () =>
  inTransaction(desk.owner, async (tx) => {
    await tx.$executeRaw`alter table bank_entry_text disable trigger all`;
    await tx.$executeRaw`update bank_entry_text set sealed = set_byte(sealed, 60, get_byte(sealed, 60) # 1)
      where position = (select min(position) from bank_entry_text)`;
  });
