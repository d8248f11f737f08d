/** Workbooks of the sample register, with or without what must not be in them. */
import { strToU8, zipSync, type Zippable } from 'fflate';
import { workbookOf } from '#lib/platform/spreadsheet.ts';
import type { Row, Template } from '../column.ts';
import { templates } from '../templates.ts';
import { sampleRows, type Rows } from './sample-register.ts';

type Spelling = {
  sheet?: (template: Template) => string;
  head?: (template: Template, index: number) => string;
  cell?: (text: string) => string;
};

/** The sample as texts, one sheet for each template. */
export const sampleWorkbook = (spelling: Spelling = {}, rows: Rows = sampleRows()) => {
  const {
    sheet = ({ code }) => code,
    head = ({ columns }, index) => columns[index]?.code ?? '',
    cell = (text) => text,
  } = spelling;
  return workbookOf(
    templates.map((template) => ({
      name: sheet(template),
      widths: template.columns.map(() => 12),
      heads: template.columns.map((_, index) => head(template, index)),
      rows: rows[template.code].map((row: Row) =>
        template.columns.map(({ code }) => cell(row[code] ?? '')),
      ),
    })),
  );
};

const declared = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relations = 'http://schemas.openxmlformats.org/package/2006/relationships';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** A workbook with one sheet, of whatever XML. @param more files, or other contents for those that are there */
export function rawWorkbook(name: string, sheetData: string, more: Zippable = {}): Uint8Array {
  return zipSync({
    '[Content_Types].xml': strToU8(
      `${declared}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
    ),
    '_rels/.rels': strToU8(
      `${declared}<Relationships xmlns="${relations}"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ),
    'xl/workbook.xml': strToU8(
      `${declared}<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="${name}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': strToU8(
      `${declared}<Relationships xmlns="${relations}"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
    ),
    'xl/styles.xml': strToU8(
      `${declared}<styleSheet xmlns="${main}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`,
    ),
    'xl/worksheets/sheet1.xml': strToU8(
      `${declared}<worksheet xmlns="${main}"><sheetData>${sheetData}</sheetData></worksheet>`,
    ),
    ...more,
  });
}

/** A cell of a text. */
export const textCell = (place: string, text: string): string =>
  `<c r="${place}" t="inlineStr"><is><t>${text}</t></is></c>`;
