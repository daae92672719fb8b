import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { createTransport } from 'nodemailer';
import type { Fence } from '#libs/channels';
import type { ComposedMail } from './compose-mail.js';
import { accountRetry } from './mail-trouble.js';
import type { FolderSettings } from './settings.js';

/** "Sends" by writing `.eml` files: the demo, tests, or a mail server that picks them up. */
@Injectable()
export class MailFolderClient {
  /** The name of a mail is made of its own date and id, so a second attempt replaces the first. */
  async send({ path }: FolderSettings, mail: ComposedMail, fence: Fence): Promise<void> {
    const bytes = await renderMail(mail);
    const target = join(path, fileName(mail));
    const part = join(path, `.${randomBytes(6).toString('hex')}.part`);
    await this.write(path, part, bytes);
    try {
      await fence();
      await rename(part, target);
    } catch (error) {
      await rm(part, { force: true });
      throw error;
    }
  }

  /** Throws when the folder can't be made or written into. */
  async verify({ path }: FolderSettings): Promise<void> {
    const probe = join(path, `.${randomBytes(6).toString('hex')}.probe`);
    await this.write(path, probe, Buffer.alloc(0));
    await rm(probe, { force: true });
  }

  private async write(folder: string, file: string, bytes: Buffer): Promise<void> {
    try {
      await mkdir(folder, { recursive: true });
      const handle = await open(file, 'wx', 0o640);
      try {
        await handle.writeFile(bytes);
        await handle.sync();
      } finally {
        await handle.close();
      }
    } catch (error) {
      throw accountRetry({ code: 'folder-unwritable', detail: (error as { code?: string }).code ?? '' }, error);
    }
  }
}

const fileName = ({ date, messageId }: ComposedMail): string => {
  const time = date.toISOString().replace(/[-:]/g, '').replace('.', '');
  return `${time}-${messageId.replace(/^<|@.*$/g, '')}.eml`;
};

/** The bytes of a composed mail, with the line ends of the wire. */
export async function renderMail(mail: ComposedMail): Promise<Buffer> {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  const { message } = await transport.sendMail({ ...mail });
  return message as Buffer;
}
