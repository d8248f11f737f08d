import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it, vi } from 'vitest';
import { rights } from '#lib/privacy/requests/life.ts';
import { FormReceipt } from './form-receipt.tsx';
import { RequestForm } from './request-form.tsx';

// The action stands behind it, and nothing is sent here.
vi.mock('server-only', () => ({}));

it('the public form offers every right, and each field has its label', () => {
  const html = renderToStaticMarkup(<RequestForm once="AAAABBBBCCCCDDDDEEEEFFFF" />);
  for (const right of Object.keys(rights)) expect(html).toContain(`value="${right}"`);
  for (const [, id = ''] of html.matchAll(/<(?:input|select|textarea)[^>]* id="([^"]+)"/g))
    expect(html).toContain(`for="${id}"`);
});

it('the receipt says number, code and day, and nothing of whether somebody is known', () => {
  const html = renderToStaticMarkup(
    <FormReceipt
      receipt={{
        number: 'DSR-2026-000007',
        receivedAt: '2026-06-05T10:00:00.000Z',
        dueOn: '2026-07-06',
        code: 'abcdefghij',
      }}
    />,
  );
  expect(html).toContain('DSR-2026-000007');
  expect(html).toContain('abcdefghij');
  expect(html).toContain('2026-07-06');
  expect(html).toContain('What happens next');
  expect(html).not.toMatch(/client|account|on record/i);
});
