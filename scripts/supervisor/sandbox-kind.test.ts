import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { keepKind, readKind } from './sandbox-kind.ts';
import { readSettings } from './settings.ts';
import { newFolder } from './testing/processes.ts';

const settings = (data: string, isEmpty: boolean) =>
  readSettings({ COUNTERSIGN_DATA: data }, { isDev: false, isEmpty });

describe('a data folder', () => {
  test.each([
    [true, 'npm start -- --empty'],
    [false, 'npm run reset'],
  ])('begun with empty %j is not started the other way', (isEmpty, advice) => {
    const data = newFolder();
    expect(readKind(data)).toBeNull();
    keepKind(settings(data, isEmpty));
    keepKind(settings(data, isEmpty));
    expect(readKind(data)).toBe(isEmpty ? 'empty' : 'sample');
    expect(() => keepKind(settings(data, !isEmpty))).toThrow(advice);
  });

  test('of before the two kinds holds the sample organisation', () => {
    const data = newFolder();
    writeFileSync(join(data, 'secrets.json'), '{}');
    expect(() => keepKind(settings(data, true))).toThrow('with the sample organisation');
    keepKind(settings(data, false));
  });
});
