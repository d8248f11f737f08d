import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keepAddress } from './sandbox-address.ts';
import { readSettings, type Settings } from './settings.ts';

let data: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'cs-address-'));
});
afterEach(() => {
  rmSync(data, { recursive: true, force: true });
});

const at = (port: string): Settings =>
  readSettings(
    { COUNTERSIGN_DATA: data, COUNTERSIGN_WEB_PORT: port },
    { isDev: false, isEmpty: false },
  );

test('a sandbox starts again where it was founded, and says so when asked to start elsewhere', () => {
  keepAddress(at('3600'));
  keepAddress(at('3600'));
  expect(() => {
    keepAddress(at('3605'));
  }).toThrow(/founded at http:\/\/localhost:3600 .* keys count only there/);
});
