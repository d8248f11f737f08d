import { expect, test } from 'vitest';
import { checkPackage, checkSentPackage } from './check-package.ts';
import { filesOf, folderOf, sampleName, zipOf } from './testing/packages.ts';

test('a good package has no findings, as a zip and as a folder', async () => {
  expect(await checkSentPackage(zipOf(filesOf()), `${sampleName}.zip`)).toEqual([]);
  expect(await checkPackage(folderOf(filesOf()))).toEqual([]);
});
