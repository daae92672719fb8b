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
  const { default: byDefault = '' } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  const isRequired = byDefault === '' && !schema.safeParse(undefined).success;
  return [`# ${sentence}${isRequired ? ' Required.' : ''}`, `#${name}=${String(byDefault)}`].join('\n');
};

/** The variables that the files of one place describe; those of the common schema stand in its own place only. */
async function entriesOf(place) {
  const entries = [];
  for (const { path } of schemaFiles.filter((file) => file.place === place)) {
    const known = sentences(readFileSync(path, 'utf8'));
    const shapes = (await schemasOf(path)).flatMap(({ shape }) => Object.entries(shape));
    for (const [name, variable] of shapes.filter(([name]) => known.has(name))) {
      entries.push(entry(name, variable, known.get(name)));
    }
  }
  return entries;
}

const written = new Set();
const sections = [];
for (const [place, title] of Object.entries(titles)) {
  const texts = (await entriesOf(place)).filter((text) => !written.has(text));
  for (const text of texts) written.add(text);
  if (texts.length > 0) sections.push(`# --- ${title} ---\n\n${[...new Set(texts)].join('\n\n')}\n`);
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
