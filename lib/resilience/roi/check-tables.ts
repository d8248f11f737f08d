/**
 * Checks the templates of a package: all of them once to know what is said, once more to compare what refers to each
 * other. Rows go by; only digests of keys stay.
 */
import { roiBounds } from './bounds.ts';
import { faultsOfCell } from './check-cell.ts';
import { templateCodes, type Row, type Template, type TemplateCode } from './column.ts';
import type { Findings } from './finding.ts';
import { PackageFault, type PackageFile } from './package-file.ts';
import { eachRow } from './read-table.ts';
import type { Tell } from './read-text.ts';
import { rowRules, type RowRule } from './row-rules.ts';
import { KeySet } from './said.ts';
import { fileOf, templateOf } from './templates.ts';
import { sayings, ties, widerRules, type SaidName, type Tie, type WiderRule } from './ties.ts';

/** B_06.01 says which functions are critical, so it is read before who asks. */
const readingOrder: readonly TemplateCode[] = [
  'B_06.01',
  ...templateCodes.filter((code) => code !== 'B_06.01'),
];

const saidNames = Object.keys(sayings) as SaidName[];

/** Of what is for several templates, what is for one. */
const forTemplate = <T extends { template: TemplateCode }>(all: readonly T[], code: TemplateCode) =>
  all.filter(({ template }) => template === code);

export type TablesRead = {
  /** LEI of the first row of B_01.01; empty where it has no row, null where it could not be read. */
  keeper: string | null;
};

export class TableCheck {
  readonly #files: ReadonlyMap<string, PackageFile>;
  readonly #findings: Findings;
  readonly #period: string | null;
  readonly #said = new Map<SaidName, KeySet>(saidNames.map((name) => [name, new KeySet()]));
  /** Templates that could not be read to the end; nothing is concluded from what they do not say. */
  readonly #unread = new Set<TemplateCode>();
  #keeper: string | null = null;

  constructor(files: ReadonlyMap<string, PackageFile>, period: string | null, findings: Findings) {
    this.#files = files;
    this.#period = period;
    this.#findings = findings;
  }

  /** @throws PackageFault beyond the bounds of the package as a whole */
  async run(): Promise<TablesRead> {
    await this.#eachTable((template) => this.#firstLook(template), this.#tell);
    await this.#eachTable(
      (template) => this.#secondLook(template),
      () => undefined,
    );
    return { keeper: this.#keeper };
  }

  readonly #tell: Tell = (rule, place, sentence) => this.#findings.add(rule, place, sentence);

  async #eachTable(
    lookAt: (template: Template) => (row: Row, number: number) => void,
    tell: Tell,
  ): Promise<void> {
    const budget = { rows: roiBounds.rows };
    for (const code of readingOrder) {
      const file = this.#files.get(`reports/${fileOf(code)}`);
      if (!file) this.#unread.add(code);
      if (!file || this.#unread.has(code)) continue;
      const template = templateOf(code);
      try {
        const rows = await eachRow(file, template, budget, tell, lookAt(template));
        if (rows === null) this.#unread.add(code);
        else if (rows !== 1 && (code === 'B_01.01' || code === 'B_99.01'))
          tell(
            'one-row',
            { template: code },
            `${code} has ${rows} rows; it must have exactly one.`,
          );
        if (rows === 0 && code === 'B_01.01') this.#keeper = '';
      } catch (error) {
        if (!(error instanceof PackageFault)) throw error;
        this.#unread.add(code);
        tell(error.rule, { template: code, ...error.place }, error.message);
      }
    }
  }

  readonly #isSaid = (name: SaidName, texts: readonly string[]): boolean =>
    this.#setOf(name).has(texts);

  #setOf(name: SaidName): KeySet {
    const set = this.#said.get(name);
    if (!set) throw new Error(`Nothing is said by the name ${name}`);
    return set;
  }

  #firstLook(template: Template): (row: Row, number: number) => void {
    const { code } = template;
    const keys = template.columns.filter(({ key }) => key).map((column) => column.code);
    const known = new KeySet();
    const functions = new KeySet();
    const own = forTemplate<RowRule>(rowRules, code);
    const saying = saidNames.flatMap((name) =>
      forTemplate<(typeof sayings)[SaidName][number]>(sayings[name], code).map(({ pick }) => ({
        name,
        pick,
      })),
    );
    return (row, number) => {
      this.#checkCells(template, row, number);
      this.#checkKey(code, keys, known, row, number);
      for (const { rule, column, fault } of own) {
        const sentence = fault(row, { period: this.#period });
        if (sentence !== null) this.#tell(rule, { template: code, row: number, column }, sentence);
      }
      const { c0010: first = '' } = row;
      if (code === 'B_01.01') this.#checkKeeper(first, number);
      if (code === 'B_06.01' && first !== '' && !functions.add([first]))
        this.#tell(
          'function-twice',
          { template: code, row: number, column: 'c0010' },
          'This identifier stands for another function, too.',
        );
      for (const { name, pick } of saying) {
        const texts = pick(row, this.#isSaid);
        if (texts !== null) this.#setOf(name).add(texts);
      }
    };
  }

  /** The first row is held against the name and the parameters, the others against the first. */
  #checkKeeper(lei: string, number: number): void {
    if (number === 1) this.#keeper = lei;
    else if (lei !== '' && lei !== this.#keeper)
      this.#tell(
        'sender',
        { template: 'B_01.01', row: number, column: 'c0010' },
        'The first row names another LEI; one entity alone keeps the register.',
      );
  }

  #checkCells({ code, columns }: Template, row: Row, number: number): void {
    for (const column of columns) {
      const text = row[column.code] ?? '';
      const place = { template: code, row: number, column: column.code };
      if (text.trim() === '') {
        if (column.key) this.#tell('805', place, `${column.name} is part of the key and is empty.`);
        else if (column.duty === 'M') this.#tell('mandatory', place, `${column.name} is empty.`);
        continue;
      }
      for (const { rule, sentence } of faultsOfCell(column, text))
        this.#tell(rule, place, sentence);
    }
  }

  #checkKey(
    code: TemplateCode,
    keys: readonly string[],
    known: KeySet,
    row: Row,
    number: number,
  ): void {
    const texts = keys.map((column) => row[column] ?? '');
    // One that is open is told already, and no key.
    if (keys.length === 0 || texts.some((text) => text.trim() === '')) return;
    if (known.add(texts)) return;
    const [column = null] = keys;
    this.#tell(
      '806',
      { template: code, row: number, column: keys.length === 1 ? column : null },
      'A row with this key stands before.',
    );
  }

  #secondLook(template: Template): (row: Row, number: number) => void {
    const { code } = template;
    const isWhole = (name: SaidName) =>
      sayings[name].every((source) => !this.#unread.has(source.template));
    const own = forTemplate<Tie>(ties, code).filter(({ among }) => isWhole(among));
    const wider = forTemplate<WiderRule>(widerRules, code);
    return (row, number) => {
      for (const { rule, column, pick, among, sentence } of own) {
        const texts = pick(row, this.#isSaid);
        if (texts !== null && !this.#isSaid(among, texts))
          this.#tell(rule, { template: code, row: number, column }, sentence);
      }
      for (const { rule, faults } of wider)
        for (const { column, sentence } of faults(row, this.#isSaid))
          this.#tell(rule, { template: code, row: number, column }, sentence);
    };
  }
}
