import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { statementDigest } from './content.ts';
import { statementCsv } from './csv.ts';
import { statementPdf } from './pdf.ts';
import { sampleStatement } from './testing/sample-statement.ts';

const program = `
import { createHash } from 'node:crypto';
import { statementDigest } from '#lib/ledger/statements/content.ts';
import { statementCsv } from '#lib/ledger/statements/csv.ts';
import { statementPdf } from '#lib/ledger/statements/pdf.ts';
import { sampleStatement } from '#lib/ledger/statements/testing/sample-statement.ts';
const content = sampleStatement();
const digest = statementDigest(content);
const hash = createHash('sha256').update(await statementPdf(content, digest));
for (const piece of statementCsv(content, digest)) hash.update(piece);
process.stdout.write(hash.digest('hex'));`;

it('a statement is the same bytes in another process, in another time zone and language', async () => {
  const content = sampleStatement();
  const digest = statementDigest(content);
  const here = createHash('sha256').update(await statementPdf(content, digest));
  for (const piece of statementCsv(content, digest)) here.update(piece);
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', program],
    { env: { ...process.env, TZ: 'Asia/Kathmandu', LANG: 'de_DE.UTF-8' }, timeout: 60_000 },
  );
  expect(stdout).toBe(here.digest('hex'));
}, 90_000);
