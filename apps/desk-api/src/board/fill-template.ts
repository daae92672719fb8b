import { escaped } from '../home/page.js';

/** Fills the `<%= name %>` (escaped) and `<%- name %>` (as it is) of the board's page; foreign style sheets go out. */
export function fillTemplate(template: string, values: Readonly<Record<string, string>>): string {
  return template
    .replace(/<link href="https:[^>]*>/g, '')
    .replace(/<%([=-])\s*(\w+)\s*%>/g, (_, kind: string, name: string) => {
      const value = String(values[name] ?? '');
      return kind === '=' ? escaped(value) : value;
    });
}
