// Writes apps/console/src/api/schema.ts from the golden OpenAPI document: `npm run console:api`. With --check it only
// says whether the file is current.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';

const source = new URL('../test/golden/openapi.json', import.meta.url);
const target = fileURLToPath(new URL('../apps/console/src/api/schema.ts', import.meta.url));

const ast = await openapiTS(JSON.parse(readFileSync(source, 'utf8')), { alphabetize: true });
const text = `// Written by config/console-api.mjs from the API's own description: npm run console:api\n\n${astToString(ast)}`;

if (!process.argv.includes('--check')) {
  writeFileSync(target, text);
} else if (readFileSync(target, 'utf8') !== text) {
  process.stderr.write('apps/console/src/api/schema.ts is not current: run npm run console:api\n');
  process.exitCode = 1;
}
