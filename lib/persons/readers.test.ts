import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

/** Who erases looks for what it erases; nobody sees that, and no purpose stands against it. */
const erasing = /^lib\/privacy\/erasure\//;

it('values of people are opened by lib/persons alone, which asks what for; nobody reads past it', () => {
  const files = globSync('{app,components,lib,scripts}/**/*.{ts,tsx}').map((file) =>
    file.replaceAll('\\', '/'),
  );
  const opening = files.filter(
    (file) =>
      !file.includes('/generated/') &&
      !/\.test\.tsx?$/.test(file) &&
      /\bopen(?:Each)?Values?\b/.test(readFileSync(file, 'utf8')),
  );
  expect(opening.length).toBeGreaterThan(3);
  expect(opening.filter((file) => !file.startsWith('lib/persons/') && !erasing.test(file))).toEqual(
    [],
  );
});
