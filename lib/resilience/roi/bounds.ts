/** Bounds of what is read as a package or a spreadsheet; a register of 2,000 contracts stays far below. Pure data. */
export const roiBounds = {
  /** Bytes of a zip. */
  zipBytes: 256 * 1_048_576,
  /** Files and folders in a package or a spreadsheet. */
  entries: 500,
  /** Bytes that one file unfolds to, and all together. */
  fileBytes: 512 * 1_048_576,
  totalBytes: 1_024 * 1_048_576,
  /** Bytes that a package may unfold to whose rows are held in memory, for import; those of a check are not. */
  importBytes: 128 * 1_048_576,
  /** How many times larger than itself a file may unfold, asked from `ratioFrom` bytes on. */
  ratio: 200,
  ratioFrom: 16 * 1_048_576,
  /** Bytes of parameters.csv, FilingIndicators.csv and the two JSON files. */
  smallBytes: 65_536,
  /** Rows of all templates. */
  rows: 2_000_000,
  /** Characters of a row and of a cell. */
  rowLength: 200_000,
  cellLength: 10_000,
  /** Bytes that a spreadsheet may unfold to; it is held in memory. */
  sheetBytes: 64 * 1_048_576,
  workbookBytes: 10 * 1_048_576,
} as const;
