/** Reads what the house law needs to know about a source file, through a real parser. */
import { parseSync, Visitor } from 'oxc-parser';

export type ModuleImport = { specifier: string; isTypeOnly: boolean; line: number };

export type SourceFile = {
  /** From the top of the project, with forward slashes. */
  path: string;
  text: string;
  lines: number;
  imports: ModuleImport[];
  directives: string[];
  hasDefaultExport: boolean;
  /** `export * from`, which makes a barrel. */
  starExports: number[];
  /** Lines that read `process.env`. */
  environmentReads: number[];
  /** Lines that make a floating-point number of something: `Number(`, `parseFloat(`. */
  floats: number[];
  errors: string[];
};

function lineCounter(text: string): (offset: number) => number {
  return (offset) => text.slice(0, offset).split('\n').length;
}

function textOf(node: { type: string; name?: unknown; value?: unknown }): string {
  const text = node.name ?? node.value;
  return typeof text === 'string' ? text : '';
}

type Member = {
  object: { type: string; name?: unknown };
  property: { type: string; name?: unknown; value?: unknown };
};

function isProcessEnv(node: Member): boolean {
  return textOf(node.object) === 'process' && textOf(node.property) === 'env';
}

/** @param path decides how the text is read (TypeScript, JSX) */
export function readSource(path: string, text: string): SourceFile {
  const result = parseSync(path, text);
  const line = lineCounter(text);
  const file: SourceFile = {
    path,
    text,
    lines: text.split('\n').length - (text.endsWith('\n') ? 1 : 0),
    imports: [],
    directives: [],
    hasDefaultExport: false,
    starExports: [],
    environmentReads: [],
    floats: [],
    errors: result.errors.map((error) => error.message),
  };
  for (const entry of result.module.staticImports)
    file.imports.push({
      specifier: entry.moduleRequest.value,
      isTypeOnly: /^import\s+type\b/.test(text.slice(entry.start, entry.end)),
      line: line(entry.start),
    });
  for (const statement of result.module.staticExports)
    for (const entry of statement.entries) {
      const exported: string = entry.exportName.kind;
      const imported: string = entry.importName.kind;
      if (exported === 'Default' || entry.exportName.name === 'default')
        file.hasDefaultExport = true;
      if (!entry.moduleRequest) continue;
      if (imported === 'AllButDefault' || imported === 'All')
        file.starExports.push(line(statement.start));
      const isTypeOnly = /^export\s+type\b/.test(text.slice(statement.start, statement.end));
      file.imports.push({
        specifier: entry.moduleRequest.value,
        isTypeOnly,
        line: line(statement.start),
      });
    }
  new Visitor({
    ExportDefaultDeclaration: () => {
      file.hasDefaultExport = true;
    },
    ImportExpression: (node) => {
      if (node.source.type === 'Literal' && typeof node.source.value === 'string')
        file.imports.push({
          specifier: node.source.value,
          isTypeOnly: false,
          line: line(node.start),
        });
    },
    MemberExpression: (node) => {
      if (isProcessEnv(node)) file.environmentReads.push(line(node.start));
    },
    CallExpression: (node) => {
      const callee = node.callee;
      const name = callee.type === 'MemberExpression' ? textOf(callee.property) : textOf(callee);
      const isFloat =
        callee.type === 'MemberExpression' ? /^parseFloat$/ : /^(?:Number|parseFloat)$/;
      if (isFloat.test(name)) file.floats.push(line(node.start));
    },
  }).visit(result.program);
  for (const statement of result.program.body)
    if (statement.type === 'ExpressionStatement' && 'directive' in statement && statement.directive)
      file.directives.push(String(statement.directive));
  return file;
}
