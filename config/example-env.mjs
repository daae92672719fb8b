// Writes config/example.env from the schemas in all *.config.ts: `node config/example-env.mjs`. With --check it only
// says whether the file is current. Names, defaults and sentences have one home: the schema. Works on the build.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { z } from 'zod';

const root = fileURLToPath(new URL('..', import.meta.url));
const target = join(root, 'config/example.env');

const titles = {
  'libs/platform': 'Every process',
  'apps/switchboard': 'The whole desk on one machine (npm start); it gives the other processes what it was given',
  'apps/desk-api': 'desk-api',
  'apps/router': 'router',
  'apps/email-gateway': 'email-gateway',
  'apps/messenger-gateway': 'messenger-gateway',
};

const schemaFiles = Object.keys(titles).flatMap((place) =>
  readdirSync(join(root, place), { recursive: true })
    .filter((name) => name.endsWith('.config.ts'))
    .map((name) => ({ place, path: join(root, place, name) })),
);

/** The doc comment before each variable, in one line. */
const sentences = (source) => {
  const found = source.matchAll(/\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*([A-Z][A-Z0-9_]*):/g);
  return new Map([...found].map(([, comment, name]) => [name, comment.replace(/\s*\n\s*\*?\s*/g, ' ').trim()]));
};

async function schemasOf(path) {
  const built = join(root, 'dist', relative(root, path)).replace(/\.ts$/, '.js');
  const exported = Object.values(await import(pathToFileURL(built).href));
  return exported.filter((value) => value instanceof z.ZodObject);
}

const entry = (name, schema, sentence) => {
  if (!sentence) throw new Error(`${name} has no doc comment`);
  const { default: byDefault } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  const isRequired = byDefault === undefined && !schema.safeParse(undefined).success;
  return [`# ${sentence}${isRequired ? ' Required.' : ''}`, `#${name}=${byDefault ?? ''}`].join('\n');
};

const written = new Map();
const sections = [];
for (const place of Object.keys(titles)) {
  const entries = [];
  for (const { path } of schemaFiles.filter((file) => file.place === place)) {
    const known = sentences(readFileSync(path, 'utf8'));
    for (const schema of await schemasOf(path)) {
      for (const [name, variable] of Object.entries(schema.shape)) {
        // An app's schema contains the common variables; they stand in the first section only.
        if (!known.has(name) && written.has(name)) continue;
        const text = entry(name, variable, known.get(name));
        if (written.get(name) === text) continue;
        written.set(name, text);
        entries.push(text);
      }
    }
  }
  if (entries.length > 0) sections.push(`# --- ${titles[place]} ---\n\n${entries.join('\n\n')}\n`);
}

const head = `# Every variable that Switchboard reads, with its default. npm start needs none of them; a process by itself needs the
# required ones. Any variable may be given as NAME_FILE=/path/of/a/file that holds its value.
# Written by config/example-env.mjs from the *.config.ts schemas: change those.
`;
const text = [head, ...sections].join('\n');

if (!process.argv.includes('--check')) {
  writeFileSync(target, text);
} else if (readFileSync(target, 'utf8') !== text) {
  process.stderr.write('config/example.env is not current: run npm run example-env\n');
  process.exitCode = 1;
}
