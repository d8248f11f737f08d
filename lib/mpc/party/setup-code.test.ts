import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { html } from './page/markup.ts';
import { loadOrMakeSetupCode } from './setup-code.ts';

describe('the set-up code', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'cs-code-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('is made once, for its owner only, and shown only by the start that made it', () => {
    const code = loadOrMakeSetupCode(folder);
    expect(code.isNew).toBe(true);
    expect(code.reveal()).toMatch(/^(?:[0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{4}$/u);
    expect(statSync(code.path).mode & 0o777).toBe(0o600);
    const again = loadOrMakeSetupCode(folder);
    expect([again.isNew, again.reveal()]).toEqual([false, code.reveal()]);
  });

  test('is taken as people type it', () => {
    const code = loadOrMakeSetupCode(folder);
    expect(code.check(` ${code.reveal().toLowerCase().replaceAll('-', ' ')} `, 0)).toBe('right');
  });

  test('is right whatever was guessed before; of wrong ones five a minute get an answer', () => {
    const code = loadOrMakeSetupCode(folder);
    for (let guess = 0; guess < 5; guess += 1) expect(code.check('wrong', guess)).toBe('wrong');
    expect(code.check('wrong', 59_999)).toBe('too-many-guesses');
    expect(code.check(code.reveal(), 59_999)).toBe('right');
    expect(code.check('wrong', 60_001)).toBe('wrong');
  });

  test('is gone once it was used', () => {
    const code = loadOrMakeSetupCode(folder);
    code.discard();
    expect(existsSync(code.path)).toBe(false);
  });
});

test('nothing put on the page can become markup', () => {
  const evil = `<script>alert("x")</script>&'`;
  expect(html`<p title="${evil}">${[evil, 7, null]}</p>`.text).toBe(
    '<p title="&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&amp;&#39;">' +
      '&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&amp;&#39;7</p>',
  );
});
