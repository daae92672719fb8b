import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Injectable } from '@nestjs/common';
import { cachingOf } from './caching-of.js';

/** A file of the built console as it goes over the wire. */
export interface ConsoleFile {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** The worker that follows the desk runs under the policy of its own file, not under that of the page. */
const workerPolicy = "default-src 'none'; script-src 'self'; connect-src 'self'; frame-ancestors 'none'";

/** Beside the built process, or under the clone where its sources run. */
const folders = ['../../../../console/', '../../../../dist/console/'].map((path) => new URL(path, import.meta.url));

/** The console as it was built, read from its folder. */
@Injectable()
export class ConsoleFiles {
  private readonly folder = folders.find((folder) => existsSync(new URL('index.html', folder))) ?? folders[1];

  /** The page that every address of the console begins with; nothing where the console is not built. */
  page(): Promise<string | undefined> {
    return readFile(fileURLToPath(new URL('index.html', this.folder)), 'utf8').catch(() => undefined);
  }

  /** A file that the page loads; nothing where there is no such file. */
  async asset(name: string, acceptsGzip: boolean): Promise<ConsoleFile | undefined> {
    const extension = extname(name);
    const type = Object.hasOwn(types, extension) ? types[extension] : undefined;
    if (!type || !/^[\w-]+(?:\.[\w-]+)*$/.test(name)) return undefined;
    const packed = acceptsGzip ? await this.read(`${name}.gz`) : undefined;
    const body = packed ?? (await this.read(name));
    return (
      body && {
        body,
        headers: {
          'content-type': type,
          'cache-control': cachingOf(name),
          vary: 'Accept-Encoding',
          ...(packed && { 'content-encoding': 'gzip' }),
          ...(extension === '.js' && { 'content-security-policy': workerPolicy }),
        },
      }
    );
  }

  private read(name: string): Promise<Buffer | undefined> {
    return readFile(fileURLToPath(new URL(`assets/${name}`, this.folder))).catch(() => undefined);
  }
}
