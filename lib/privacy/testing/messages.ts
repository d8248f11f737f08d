/** E-mails as files, for tests. */
export const png = Buffer.from('89504e470d0a1a0a0000000d', 'hex');

type Part = { type: string; name?: string; body: string | Buffer };

/** A message of several parts, each base64. */
export function mail(parts: readonly Part[], headers: readonly string[] = []): Uint8Array {
  const of = ({ type, name, body }: Part): string =>
    [
      `Content-Type: ${type}`,
      ...(name === undefined ? [] : [`Content-Disposition: attachment; filename="${name}"`]),
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from(body).toString('base64'),
    ].join('\r\n');
  const text = [
    'From: =?utf-8?q?=C3=84nne_M=C3=BCller?= <anne@example.org>',
    'Subject: My data',
    'Date: Fri, 05 Jun 2026 10:00:00 +0200',
    ...headers,
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary="b"',
    '',
    ...parts.map((part) => `--b\r\n${of(part)}`),
    '--b--',
    '',
  ].join('\r\n');
  return new Uint8Array(Buffer.from(text));
}
export const said = (text: string): Part => ({ type: 'text/plain; charset=utf-8', body: text });
