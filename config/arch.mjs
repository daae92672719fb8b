// Checks the import rules of config/dependency-cruiser.mjs over the given folders (apps, libs and test by default).
// By its API: the command line of the tool refuses Node 20, the library works on it.
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { cruise } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import config from './dependency-cruiser.mjs';

const { positionals } = parseArgs({ allowPositionals: true });
const folders = positionals.length > 0 ? positionals : ['apps', 'libs', 'test'];

const { options, ...ruleSet } = config;
const { output, exitCode } = await cruise(
  folders.filter((folder) => existsSync(folder)),
  { ...options, ruleSet, validate: true, outputType: 'err' },
  options.enhancedResolveOptions,
  { tsConfig: extractTSConfig(options.tsConfig.fileName) },
);
process.stdout.write(output);
process.exitCode = exitCode > 0 ? 1 : 0;
