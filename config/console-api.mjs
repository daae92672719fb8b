// Writes apps/console/src/api/schema.ts, the types of the API, from its golden description: `npm run console:api`. The
// file is not kept in the repository; whatever needs it (prepare.mjs) makes it first.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';

const source = new URL('../test/golden/openapi.json', import.meta.url);
const target = fileURLToPath(new URL('../apps/console/src/api/schema.ts', import.meta.url));

const ast = await openapiTS(JSON.parse(readFileSync(source, 'utf8')), { alphabetize: true });
writeFileSync(target, `// Written by config/console-api.mjs from the API's own description\n\n${astToString(ast)}`);
