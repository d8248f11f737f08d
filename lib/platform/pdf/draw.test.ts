import { expect, it } from 'vitest';
import { blockMaker } from './blocks.ts';
import { drawPdf } from './draw.ts';
import { loadTypefaces } from './typefaces.ts';
import { readPdf } from './testing/read-pdf.ts';

const draw = (text: string) =>
  drawPdf({
    title: 'A document',
    subject: 'Test',
    drawnUp: new Date('2026-01-01T00:00:00Z'),
    blocks: (setting) => [blockMaker(setting).text('P', text, { size: 8 })],
    furniture: { top: ['Top'], foot: 'Foot' },
  });
const textOf = async (text: string) =>
  readPdf(await draw(text))
    .flat()
    .join(' ');

/*
 * Glyphs are made of others (“ of two ‘), and the font remembers each by whoever asked for it first.
 */
it('what can be copied out of a document is what stands in it, whatever was drawn in this process before', async () => {
  await draw('“Everything” … and – more — 1½ ‑ É');
  const said = 'Clients’ assets ‘one’ . - E 1/2';
  expect(await textOf(said)).toContain(said);
  await draw('another');
  expect(await draw(said)).toEqual(await draw(said));
});

it('what the typeface lacks is written as its code point, even after it was measured as it stands', async () => {
  const { regular } = loadTypefaces();
  regular.widthOf('中', 8);
  expect(await textOf('中')).toContain('U+4E2D');
});
