import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { mail, png, said } from '../testing/messages.ts';
import { messageLimits, readMessage } from './read-message.ts';

const read = async (bytes: Uint8Array) => valueOf(await readMessage(bytes));
const isRefused = async (bytes: Uint8Array) => !(await readMessage(bytes)).ok;
const ascii = (text: string): Uint8Array => new Uint8Array(Buffer.from(text));

describe('a message as a file', () => {
  it('gives what it says, whom it claims to be from, and its files by their content', async () => {
    const exe = Buffer.from('MZ program');
    const found = await read(
      mail([
        said('Please send me my data.'),
        { type: 'application/octet-stream', name: 'passport.png', body: png },
        { type: 'image/png', name: 'picture.png', body: exe },
        { type: 'text/html', name: 'page.html', body: '<b>x</b>' },
      ]),
    );
    expect(found).toMatchObject({
      from: { name: 'Änne Müller', address: 'anne@example.org' },
      subject: 'My data',
      sentAt: '2026-06-05T08:00:00.000Z',
      text: 'Please send me my data.',
    });
    expect(found.files.map(({ name, mediaType }) => [name, mediaType])).toEqual([
      ['passport.png', 'image/png'],
    ]);
    expect(found.leftOut).toEqual([
      {
        name: 'picture.png',
        size: exe.length,
        sha256: createHash('sha256').update(exe).digest('hex'),
      },
      expect.objectContaining({ name: 'page.html' }),
    ]);
  });

  it('renders nothing: of a page alone the source is kept, and a message within is left out whole', async () => {
    const page = await read(mail([{ type: 'text/html', body: '<script>x</script>Send it.' }]));
    expect(page.text).toContain('no plain text');
    expect(page.files.map(({ mediaType }) => mediaType)).toEqual(['text/plain']);
    const inner = 'From: x@example.org\r\nSubject: inner\r\n\r\nInner text';
    const outer = await read(mail([said('Outer.'), { type: 'message/rfc822', body: inner }]));
    expect(outer.text).toBe('Outer.');
    expect(outer.leftOut).toHaveLength(1);
  });

  it('has names without folders and hidden characters, and texts with them written out', async () => {
    const found = await read(
      mail([
        said('Send\u202e it.'),
        { type: 'image/png', name: '../../etc/pass\\wd.png', body: png },
        { type: 'image/png', name: '=?utf-8?b?4oCuZ25wLmV4ZQ==?=', body: png },
      ]),
    );
    expect(found.text).toBe('Send‹U+202E› it.');
    const [one = '', other = ''] = found.files.map(({ name }) => name);
    expect(one).not.toMatch(/[/\\]|\.\./);
    expect(other).not.toContain('\u202e');
    expect(found.files.at(-1)?.name).toBe('text of the message.txt');
  });

  it('is cut where it is long, and kept whole beside', async () => {
    const long = 'I ask for my data. '.repeat(1_000).trim();
    const found = await read(mail([said(long)]));
    expect(Array.from(found.text)).toHaveLength(messageLimits.textCharacters);
    expect(Buffer.from(found.files[0]?.bytes ?? []).toString()).toBe(long);
  });
});

describe('a hostile message', () => {
  it('too large, too deep, or of too many parts or headers is refused', async () => {
    expect(await isRefused(new Uint8Array(0))).toBe(true);
    expect(await isRefused(new Uint8Array(messageLimits.bytes + 1).fill(65))).toBe(true);
    const many = Array.from({ length: messageLimits.parts + 1 }, (_, n) => ({
      type: 'image/png',
      name: `${n}.png`,
      body: png,
    }));
    expect(await isRefused(mail(many))).toBe(true);
    expect(await isRefused(ascii(`From: a@b.example\n\n${'--b\n'.repeat(2_000)}`))).toBe(true);
    const headers = Array.from({ length: 5_000 }, (_, n) => `X-${n}: ${'y'.repeat(40)}`);
    expect(await isRefused(mail([said('Hello.')], headers))).toBe(true);
    const deep = Array.from(
      { length: 40 },
      (_, n) => `Content-Type: multipart/mixed; boundary="b${n}"\r\n\r\n--b${n}`,
    ).join('\r\n');
    expect(await isRefused(ascii(`From: a@b.example\r\nSubject: x\r\n${deep}\r\n\r\n`))).toBe(true);
    expect(await isRefused(png)).toBe(true);
  });

  it('never gives more files than the limit', async () => {
    const parts = Array.from({ length: 40 }, (_, n) => ({
      type: 'image/png',
      name: `${n}.png`,
      body: png,
    }));
    const found = await read(mail([said('Look.'), ...parts]));
    expect(found.files).toHaveLength(messageLimits.files);
    expect(found.leftOut).toHaveLength(40 - messageLimits.files);
  });

  it('of any bytes is refused or read within its limits, and never throws', async () => {
    const line = fc.constantFrom(
      'From: <a@b.example>',
      'From: Team: a@b.example, "x" <c@d.example>;',
      'Content-Type: multipart/mixed; boundary=b',
      'Content-Type: message/rfc822',
      'Content-Transfer-Encoding: base64',
      "Content-Disposition: attachment; filename*=utf-8''%00%2e%2e",
      'Subject: =?utf-8?q?=ff=00?=',
      '',
      '--b',
      '--b--',
      'AAAA',
      '\u202e',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(line, fc.string()), { maxLength: 40 }), async (lines) => {
        const found = await readMessage(ascii(lines.join('\r\n')));
        if (!found.ok) return;
        const { from, text, files, subject } = found.value;
        expect(Array.from(text).length).toBeLessThanOrEqual(messageLimits.textCharacters);
        expect(text.length).toBeGreaterThan(2);
        for (const shown of [from.name, from.address, subject, ...files.map(({ name }) => name)])
          expect(shown).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      }),
    );
  });
});
