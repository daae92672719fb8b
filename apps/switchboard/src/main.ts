import { Command } from 'commander';
import { grantTo, migrate } from '#libs/database';
import { commonConfig, ConfigError, readConfig } from '#libs/platform';
import { complaint } from './complaint.js';
import { verifyAudit } from './audit/verify-audit.command.js';
import { applyDeskFile } from './desk-file/apply-desk-file.command.js';
import { doctor } from './doctor/doctor.command.js';
import { runDesk } from './run-desk.command.js';
import { environment } from './switchboard.config.js';

/** The command line of a desk: `npm run switchboard -- help`. */
const program = new Command('switchboard').description('Omnichannel support router');

program.command('start', { isDefault: true }).description('run the whole desk on this machine').action(runDesk);
program
  .command('migrate')
  .description('bring the database of DATABASE_URL to the newest schema')
  .action(async () => {
    const ran = await migrate(readConfig(commonConfig, environment).DATABASE_URL);
    process.stdout.write(ran.length > 0 ? `${ran.join('\n')}\n` : 'up to date\n');
  });
program
  .command('grant')
  .argument('<role>', 'role of the database server that the processes sign in as')
  .description('give a role the rows of DATABASE_URL and no more: no tables, no change of the audit log')
  .action(async (role: string) => {
    await grantTo(readConfig(commonConfig, environment).DATABASE_URL, role);
  });
program
  .command('apply')
  .argument('<file>', 'desk file (YAML)')
  .description('bring the desk of DATABASE_URL to what a file declares')
  .action(async (file: string) => {
    await applyDeskFile({ files: [{ path: file }], env: environment });
  });
program
  .command('doctor')
  .description('look at configuration, servers and channels, and say what to do')
  .action(async () => {
    const inOrder = await doctor(environment, (line) => void process.stdout.write(`${line}\n`));
    process.exitCode = inOrder ? 0 : 1;
  });
program
  .command('audit')
  .description('the audit log')
  .command('verify')
  .description('walk the chain of the audit log; names the first entry that is not what was written')
  .option('--checkpoint <number:hash...>', 'last entries that were noted elsewhere')
  .action(async ({ checkpoint = [] }: { checkpoint?: string[] }) => {
    const whole = await verifyAudit(environment, checkpoint, (line) => void process.stdout.write(`${line}\n`));
    process.exitCode = whole ? 0 : 1;
  });

program.parseAsync().catch((fault: unknown) => {
  process.stderr.write(`${complaint(fault, environment.DESK_LOCALE === 'en' ? 'en' : 'ru')}\n`);
  process.exit(fault instanceof ConfigError ? 2 : 1);
});
