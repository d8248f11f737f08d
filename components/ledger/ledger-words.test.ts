import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as accounts from '#lib/ledger/accounts.ts';
import {
  accountKind,
  accountName,
  accountPath,
  fullAccountName,
  journalKind,
} from './ledger-words.ts';

const migrations = new URL('../../prisma/migrations/', import.meta.url);

/** Every kind that any migration lets into the database, by the text that lists them. */
function kindsIn(pattern: RegExp): string[] {
  const sql = readdirSync(migrations, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => readFileSync(new URL(`${name}/migration.sql`, migrations), 'utf8'))
    .join('\n');
  const lists = [...sql.matchAll(pattern)].map((match) => match[1] ?? '');
  return lists.flatMap((list) => [...list.matchAll(/'([a-z-]+)'/g)].map((match) => match[1] ?? ''));
}

describe('words of the ledger', () => {
  it('name every kind of journal that the database takes', () => {
    const kinds = kindsIn(
      /(?:journal_kind_known check \(|between 1 and 300\n {4}and)\s*kind in \(([^)]*)\)/g,
    );
    expect(kinds.length).toBeGreaterThanOrEqual(5);
    for (const kind of kinds) expect(journalKind(kind)).toMatch(/^[A-Z][a-z ]+$/);
  });

  it('name every kind of account that the database takes, and say which side adds to it', () => {
    const kinds = kindsIn(/new\.kind not in \(([^)]*)\)/g);
    expect(kinds.length).toBeGreaterThanOrEqual(6);
    for (const kind of kinds) {
      expect(accountKind(kind).name).toMatch(/^[A-Z]/);
      expect(accountKind(kind).side).toMatch(/^(?:Credits|Debits) add: /);
    }
  });

  it('name every account that is named after its purpose', () => {
    const {
      clientAccount: _client,
      vaultAccount: _vault,
      bankAccount: _bank,
      inTransitAccount: _way,
      ownInVaultAccount: _own,
      missingOf: _missing,
      hasCreditBalance: _side,
      ...own
    } = accounts;
    const names = Object.values(own).map((account) => account('SOL'));
    expect(names.length).toBeGreaterThanOrEqual(4);
    for (const name of names) expect(accountName(name)).toMatch(/^[A-Z][A-Za-z ]+$/);
  });

  it('call a client by number and a vault by its name', () => {
    expect(accountName('client/C-20418/SOL')).toBe('C-20418');
    expect(accountName('vault/warm-1/SOL', 'Warm 1')).toBe('Warm 1');
    expect(fullAccountName('vault/warm-1/SOL', 'Warm 1')).toBe('Vault Warm 1');
    expect(fullAccountName('suspense/deposits/SOL')).toBe('Deposits nobody has claimed');
    expect(fullAccountName('suspense/warm-1/UNKABCDEFGH2')).toBe('Not known, in vault warm-1');
    expect(accountPath('client/C-20418/SOL')).toBe('/ledger/client/C-20418/SOL');
  });

  it('show what they do not know rather than nothing', () => {
    expect(journalKind('constructor')).toBe('constructor');
    expect(accountKind('toString').name).toBe('toString');
    expect(accountName('own-asset/other/SOL')).toBe('other');
    expect(accountName('missing/C-20418/ETH')).toBe('Owed back by client C-20418');
    expect(accountName('own-asset/vault-hot-1/SOL')).toBe('Own coins in vault hot-1');
  });
});
