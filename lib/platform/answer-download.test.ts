import { describe, expect, it } from 'vitest';
import { answerFile, savedAs } from './answer-download.ts';

describe('a file that is handed out', () => {
  it('is saved under its name, in plain characters and in its own', () => {
    expect(savedAs('Protokoll Ärger (1).log')).toBe(
      `attachment; filename="Protokoll _rger _1_.log"; filename*=UTF-8''Protokoll%20%C3%84rger%20%281%29.log`,
    );
  });

  it.each([
    ['a quote', 'a".html'],
    ['a line break', 'a\r\nset-cookie: b=c'],
    ['a semicolon', 'a; filename=b'],
    ['half a character', 'a\ud800b'],
    ['a star and an apostrophe', "a*'b"],
  ])('has a name of %s that ends nothing in the header', (_, name) => {
    expect(savedAs(name)).toMatch(
      /^attachment; filename="[A-Za-z0-9 ._-]*"; filename\*=UTF-8''[A-Za-z0-9%._~!-]*$/,
    );
  });

  it('is never opened by the browser: no type is told, and none is guessed', async () => {
    const answer = answerFile({ name: 'page.html', bytes: new Uint8Array([60, 104, 49, 62]) });
    expect(answer.headers.get('content-type')).toBe('application/octet-stream');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment;/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(await answer.text()).toBe('<h1>');
  });
});
