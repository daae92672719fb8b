import { readFile } from 'node:fs/promises';
import { parse, YAMLParseError } from 'yaml';
import { DeskError, type Fault, faultOf } from '#libs/platform';
import { checkReferences } from './check-references.js';
import { type DeclaredDesk, deskFile } from './desk-file.js';
import { substitute } from './substitute.js';

const largest = 1024 * 1024;

/**
 * A desk file from disk, with `${NAME}` filled from `env` and checked. Throws `invalid_input` with every fault at
 * once and its place in the file.
 */
export async function readDeskFile(
  path: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<DeclaredDesk> {
  const written = parseYaml(await readText(path), path);
  const parsed = substitute(written, env);
  const checked = deskFile.safeParse(parsed, { reportInput: true });
  if (!checked.success) throw refusal(path, checked.error.issues.map(faultOf));
  const faults = checkReferences(checked.data);
  if (faults.length > 0) throw refusal(path, faults);
  return {
    ...checked.data,
    accounts: checked.data.accounts.map((account, index) => ({ ...account, written: settingsOf(written, index) })),
  };
}

/** The settings of an account in a file that has proven to be one. */
const settingsOf = (file: unknown, index: number): Readonly<Record<string, unknown>> =>
  (file as { accounts: { settings?: Readonly<Record<string, unknown>> }[] }).accounts[index]?.settings ?? {};

const refusal = (path: string, faults: readonly Fault[]): DeskError =>
  new DeskError('invalid_input', { text: 'refusal.deskFile', path }, faults);

async function readText(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    const detail = { text: 'refusal.deskFileUnreadable', path, reason: cause.code ?? cause.name } as const;
    throw new DeskError('invalid_input', detail, [], { cause });
  });
  if (text.length > largest) {
    throw new DeskError('payload_too_large', { text: 'refusal.deskFileTooLarge', path, count: largest });
  }
  return text;
}

function parseYaml(text: string, path: string): unknown {
  try {
    return parse(text, { maxAliasCount: 20 });
  } catch (cause) {
    if (!(cause instanceof YAMLParseError)) throw cause;
    const line = cause.linePos?.[0].line ?? 0;
    throw refusal(path, [
      { path: '', message: { text: 'fault.yaml', line, reason: cause.message.split('\n', 1)[0] ?? cause.code } },
    ]);
  }
}
