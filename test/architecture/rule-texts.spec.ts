import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { isRuleText } from '../../libs/platform/src/refusals/fault-of.js';
import { read, sources } from './sources.js';

/** Methods of schemas whose last argument may be a message. */
const checks = new Set([
  'refine',
  'superRefine',
  'regex',
  'min',
  'max',
  'length',
  'startsWith',
  'endsWith',
  'nonempty',
]);

/** Messages that the schemas in a file bring themselves, as they stand there. */
function messagesIn(code: string): string[] {
  const found: string[] = [];
  const note = (node: ts.Node | undefined): void => {
    if (!node) return;
    if (ts.isStringLiteralLike(node)) found.push(node.text);
    else if (ts.isTemplateExpression(node) || ts.isBinaryExpression(node)) found.push(node.getText());
    else if (ts.isObjectLiteralExpression(node)) {
      for (const property of node.properties) {
        const name = property.name?.getText();
        if (ts.isPropertyAssignment(property) && (name === 'error' || name === 'message')) note(property.initializer);
      }
    }
  };
  const look = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      if (checks.has(node.expression.name.text) && node.arguments.length > 1) note(node.arguments.at(-1));
    }
    ts.forEachChild(node, look);
  };
  look(ts.createSourceFile('a.ts', code, ts.ScriptTarget.ES2023, true));
  return found;
}

const withSchemas = sources('apps', 'libs').filter(
  (path) => !path.endsWith('.spec.ts') && read(path).includes(`from 'zod'`),
);

describe('rules of schemas', () => {
  it.each([
    [`z.string().refine(isId, 'Not an id.')`, ['Not an id.']],
    [`z.object({}).refine(f, { path: ['a'], error: 'No.' })`, ['No.']],
    [`z.object({}).refine(f, { message: 'No.' })`, ['No.']],
    ['z.string().regex(/a/, `No ${one}`)', ['`No ${one}`']],
    [`z.string().max(0, 'No.').min(1)`, ['No.']],
    [`z.string().startsWith('a')`, []],
  ])('are found in %s', (code, messages) => expect(messagesIn(code)).toEqual(messages));

  it('have texts in the catalogues, in both languages', () => {
    const messages = withSchemas.flatMap((path) => messagesIn(read(path)).map((message) => ({ path, message })));
    expect(messages.length).toBeGreaterThan(10);
    expect(messages.filter(({ message }) => !isRuleText(message))).toEqual([]);
  });
});

describe('texts of refusals and faults', () => {
  it('are all said somewhere', async () => {
    const { ru } = await import('../../libs/platform/src/texts/ru.js');
    const keys = [
      ...Object.keys(ru.refusal).map((key) => `refusal.${key}`),
      ...Object.keys(ru.fault).map((key) => `fault.${key}`),
    ];
    const code = sources('apps', 'libs')
      .filter((path) => !path.endsWith('.spec.ts'))
      .map(read)
      .join('\n');
    const forms = /_(one|few|many|other)$/;
    const unsaid = keys
      .map((key) => key.replace(forms, ''))
      .filter((key) => !new RegExp(`['\`]${key.replace('.', '[.]')}\\b`).test(code));
    expect(unsaid).toEqual([]);
  });
});
