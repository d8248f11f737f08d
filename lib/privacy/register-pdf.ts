/** A register as PDF for the authority: a title, what it holds and as of when, then an entry after the other. */
import { blockMaker, type Block, type Setting } from '#lib/platform/pdf/blocks.ts';
import { minuteInUtc } from '#lib/platform/days.ts';
import { drawPdf } from '#lib/platform/pdf/draw.ts';

export type RegisterPdf = {
  title: string;
  /** The article that asks for it, with its act. */
  subject: string;
  /** How many entries, in words. */
  count: string;
  foot: string;
  of: { organisation: string; environment: string; asOf: string };
  /** Sizes of letters, in points. */
  size: { title: number; body: number };
};

/** @returns the whole file; the same content gives the same bytes. */
export function drawRegister(
  { title, subject, count, foot, of, size }: RegisterPdf,
  entries: (setting: Setting) => Block[],
): Promise<Buffer> {
  const { organisation, environment, asOf } = of;
  return drawPdf({
    title: `${title}: ${organisation}`,
    subject,
    drawnUp: new Date(asOf),
    blocks: (setting) => {
      const { text } = blockMaker(setting);
      return [
        text('H1', title, { size: size.title, weight: 'strong' }, 0, 6),
        text(
          'P',
          `${organisation}${environment === 'sandbox' ? ' (sandbox)' : ''}. ${count}, as of ${minuteInUtc(asOf)}.`,
          { size: size.body },
        ),
        ...entries(setting),
      ];
    },
    furniture: {
      top: [title, `${organisation}, ${count}`, `As of ${minuteInUtc(asOf)}`],
      foot,
    },
  });
}
