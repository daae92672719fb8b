import { NestFactory } from '@nestjs/core';
import { AccessService } from '#libs/access';
import { AuditLog } from '#libs/audit';
import { commonConfig, readConfig } from '#libs/platform';
import { ApplyDeskFileService } from './apply-desk-file.service.js';
import { declarationEntry } from './declaration-entry.js';
import { DeskFileModule } from './desk-file.module.js';
import { readDeskFile } from './read-desk-file.store.js';

type Environment = Readonly<Record<string, string | undefined>>;

export interface Declaration {
  /** Desk files, applied in this order; with `keep` a file only adds what is missing. */
  readonly files: readonly { readonly path: string; readonly keep?: boolean }[];
  /** Environment of a role: where the database is, and what `${NAME}` in a file stands for. */
  readonly env: Environment;
  /** The first administrator, where the environment names one. */
  readonly administrator?: { readonly email: string; readonly password: string } | undefined;
}

/**
 * Applies desk files to a migrated database. All files are read and checked before the first is applied. Gives the
 * link for setting the first administrator, or nothing when there is one.
 */
export async function applyDeskFile({ files, env, administrator }: Declaration): Promise<string | undefined> {
  const config = readConfig(commonConfig, env);
  const desks = await Promise.all(files.map(({ path }) => readDeskFile(path, env)));
  const app = await NestFactory.createApplicationContext(DeskFileModule.forRoot(config), {
    logger: ['error'],
    abortOnError: false,
  });
  try {
    const access = app.get(AccessService);
    if (administrator) await access.ensureAdministrator(administrator.email, administrator.password);
    for (const [index, desk] of desks.entries()) {
      await app.get(AuditLog).add(declarationEntry(desk, new Date()));
      await app.get(ApplyDeskFileService).apply(desk, files[index]);
    }
    return await access.firstRunLink(config.PUBLIC_URL);
  } finally {
    await app.close();
  }
}
