/** A statement as PDF. Its bytes follow from the content alone, with the dates of the close. */
import { drawPdf } from '#lib/platform/pdf/draw.ts';
import type { StatementContent } from './content.ts';
import { statementBlocks } from './pdf-blocks.ts';
import { closeWords, periodWords } from './words.ts';

/** @returns the whole file. */
export const statementPdf = (content: StatementContent, digest: string): Promise<Buffer> =>
  drawPdf({
    title: `Statement of position, client ${content.client.id}, ${content.period.from.slice(0, 10)} to ${content.period.to.slice(0, 10)}`,
    subject: `Content SHA-256 ${digest}`,
    drawnUp: new Date(content.close.closedAt),
    blocks: (setting) => statementBlocks(content, digest, setting),
    furniture: {
      top: [
        `Statement of position   Client ${content.client.id}`,
        `Period ${periodWords(content)}`,
        `Digest ${digest}`,
      ],
      foot: `Drawn up from ${closeWords(content)}`,
    },
  });
