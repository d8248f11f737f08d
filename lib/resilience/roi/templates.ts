/** The 15 templates of the register of information (ITS 2024/2956; numbering of taxonomy 4.0). Pure data. */
import type { Column, Template, TemplateCode } from './column.ts';
import { contractTemplates } from './templates-contracts.ts';
import { definitionTemplate, entityTemplates } from './templates-entities.ts';
import { providerTemplates } from './templates-providers.ts';

export const templates: readonly Template[] = [
  ...entityTemplates,
  ...contractTemplates,
  ...providerTemplates,
  definitionTemplate,
];

const byCode = new Map<string, Template>(templates.map((template) => [template.code, template]));

export function templateOf(code: TemplateCode): Template {
  const template = byCode.get(code);
  if (!template) throw new Error(`There is no template ${code}`);
  return template;
}

/** Name of its file among the reports. */
export const fileOf = (code: TemplateCode): string => `${code.toLowerCase()}.csv`;

export const columnsOf = (code: TemplateCode): readonly Column[] => templateOf(code).columns;
