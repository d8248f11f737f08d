/** A statement as blocks for paper, from top to bottom. Pure. */
import type {
  AssetStatement,
  PendingHold,
  StatementContent,
  StatementMovement,
} from './content.ts';
import {
  blockMaker,
  bottomOf,
  end,
  headOf,
  start,
  type Block,
  type Setting,
} from '#lib/platform/pdf/blocks.ts';
import type { Weight } from '#lib/platform/pdf/typefaces.ts';
import {
  closeWords,
  kindWords,
  periodWords,
  readDecimal,
  readInstant,
  referenceWords,
  standingNotes,
} from './words.ts';

const size = { title: 15, heading: 10.5, body: 8, detail: 6.6 };

/** Builds the blocks of one statement. */
export function statementBlocks(
  content: StatementContent,
  digest: string,
  setting: Setting,
): Block[] {
  const { place, text, row, cell, tableOf } = blockMaker(setting);
  const heading = (words: string): Block =>
    text('H2', words, { size: size.heading, weight: 'strong' }, 12, 3);
  const body = { size: size.body };

  const title = (): Block[] => [
    text('H1', 'Statement of position', { size: size.title, weight: 'strong' }, 0, 6),
    ...[
      `Client ${content.client.id}${content.client.name === undefined ? '' : `, ${content.client.name}`}`,
      `Period: ${periodWords(content)}`,
      `Drawn up from ${closeWords(content)}`,
      `Digest: ${digest}`,
    ].map((words) => text('P', words, body)),
  ];

  const positions = (): Block[] => {
    if (content.assets.length === 0)
      return [
        heading('Positions'),
        text('P', 'Nothing was recorded in this client’s name by the end of the period.', body),
      ];
    const columns = sumColumns;
    const table = tableOf('Positions', columns, [
      'Asset',
      'Opening balance',
      'Received',
      'Sent',
      'Closing balance',
    ]);
    return [
      heading('Positions'),
      ...headOf(table),
      ...content.assets.map(({ asset, decimals, opening, received, sent, closing }) =>
        row(table, [
          cell(asset, columns[0], { ...body, weight: 'strong' }),
          cell(readDecimal(opening, decimals), columns[1], body),
          cell(readDecimal(received, decimals), columns[2], body),
          cell(readDecimal(sent, decimals), columns[3], body),
          cell(readDecimal(closing, decimals), columns[4], { ...body, weight: 'strong' }),
        ]),
      ),
    ];
  };

  const movements = (asset: AssetStatement): Block[] => {
    const { decimals, opening, closing } = asset;
    const [booked, what, amount, balance] = movementColumns;
    const table = tableOf(`Movements of ${asset.asset}`, movementColumns, [
      'Booked (UTC)',
      'What',
      'Amount',
      'Balance after',
    ]);
    const line = (
      at: string,
      words: string,
      moved: string,
      stands: string,
      details: readonly string[],
      weight: Weight = 'regular',
    ) => {
      const named = place(words, what, { ...body, weight });
      const sums = [cell(moved, amount, body), cell(stands, balance, { ...body, weight })];
      let y = Math.max(bottomOf(named), ...sums.map(({ lines }) => bottomOf(lines)));
      for (const detail of details) {
        const lines = place(detail, beneath, { size: size.detail, quiet: true }, y);
        named.push(...lines);
        y = bottomOf(lines);
      }
      return row(table, [cell(at, booked, body), { tag: 'TD', lines: named }, ...sums]);
    };
    return [
      heading(`Movements of ${asset.asset}`),
      ...headOf(table),
      line(
        inColumn(content.period.from),
        'Opening balance',
        '',
        readDecimal(opening, decimals),
        [],
        'strong',
      ),
      ...asset.movements.map((movement) =>
        line(
          inColumn(movement.bookedAt),
          kindWords(movement.kind),
          readDecimal(movement.amount, decimals),
          readDecimal(movement.balance, decimals),
          detailsOf(movement),
        ),
      ),
      line(
        inColumn(content.period.to),
        'Closing balance',
        '',
        readDecimal(closing, decimals),
        [],
        'strong',
      ),
    ];
  };

  const pending = (): Block[] => {
    const words = heading('Set aside for operations under way');
    if (content.pending.length === 0) return [words, text('P', 'Nothing was set aside.', body)];
    const [operation, since, amount] = pendingColumns;
    const table = tableOf('Set aside for operations under way', pendingColumns, [
      'Operation',
      'Since (UTC)',
      'Amount',
    ]);
    const of = (hold: PendingHold) =>
      row(table, [
        cell(hold.operation, operation, body),
        cell(inColumn(hold.since), since, body),
        cell(`${readDecimal(hold.amount, hold.decimals)} ${hold.asset}`, amount, body),
      ]);
    return [words, ...headOf(table), ...content.pending.map(of)];
  };

  return [
    ...title(),
    ...positions(),
    ...content.assets.flatMap(movements),
    ...pending(),
    ...standingNotes.flatMap(({ heading: head, text: words }) => [
      heading(head),
      text('P', words, body),
    ]),
  ];
}

/** An instant in a column whose head says that it is in UTC. */
const inColumn = (instant: string): string => readInstant(instant).replace(' UTC', '');

function detailsOf({
  journal,
  operation,
  reference,
  counterparty,
  amount,
}: StatementMovement): string[] {
  return [
    operation === null ? `Journal ${journal}` : `Journal ${journal}, operation ${operation}`,
    ...(reference ? [`${referenceWords[reference.kind]} ${reference.id}`] : []),
    ...(counterparty === null ? [] : [`${amount.startsWith('-') ? 'To' : 'From'} ${counterparty}`]),
  ];
}

const sumColumns = [
  start(40, 45),
  end(90, 112),
  end(207, 112),
  end(324, 112),
  end(441, 114),
] as const;
const movementColumns = [start(40, 90), start(136, 96), end(236, 156), end(397, 158)] as const;
/** What stands beneath a movement has the width that is left of the page. */
const beneath = start(136, 419);
const pendingColumns = [start(40, 110), start(160, 130), end(300, 255)] as const;
