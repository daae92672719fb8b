import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { DeskError } from '#libs/platform';
import type {
  AppControllerRoute,
  AppViewRoute,
  BullBoardQueues,
  ControllerHandlerReturnType,
  IServerAdapter,
  UIConfig,
} from '@bull-board/api/typings/app';
import { fillTemplate } from './fill-template.js';
import { matchRoute } from './match-route.js';

export interface BoardAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string | Buffer;
}

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** The board's pages, files and readings as plain answers, so that they stand behind the guard like any route. */
export class BoardPages implements IServerAdapter {
  private queues: BullBoardQueues = new Map();
  private views = '';
  private files = '';
  private entry: AppViewRoute | undefined;
  private readings: AppControllerRoute[] = [];
  private config: UIConfig = {};
  private complain: (error: Error) => ControllerHandlerReturnType = () => ({ status: 500, body: {} });

  constructor(private readonly basePath: string) {}

  setQueues(queues: BullBoardQueues): this {
    this.queues = queues;
    return this;
  }

  setViewsPath(path: string): this {
    this.views = path;
    return this;
  }

  setStaticPath(_route: string, path: string): this {
    this.files = path;
    return this;
  }

  setEntryRoute(route: AppViewRoute): this {
    this.entry = route;
    return this;
  }

  setErrorHandler(handler: (error: Error) => ControllerHandlerReturnType): this {
    this.complain = handler;
    return this;
  }

  setApiRoutes(routes: AppControllerRoute[]): this {
    this.readings = routes.filter(({ method }) => [method].flat().includes('get'));
    return this;
  }

  setUIConfig(config: UIConfig): this {
    this.config = config;
    return this;
  }

  /** What stands at `path` under the board's address; `''` is the board itself. */
  async answer(path: string, query: Record<string, unknown>): Promise<BoardAnswer> {
    if (path.startsWith('static/')) return this.file(path.slice('static/'.length));
    if (path.startsWith('api/')) return this.reading(`/${path}`, query);
    if (!this.entry) throw new DeskError('not_found');
    const { name, params } = this.entry.handler({ basePath: this.basePath, uiConfig: this.config });
    const template = await readFile(join(this.views, name), 'utf8');
    return { status: 200, type: 'text/html; charset=utf-8', body: fillTemplate(template, params) };
  }

  private async file(name: string): Promise<BoardAnswer> {
    const type = types[extname(name)];
    if (!type || !/^[\w-]+(?:[./][\w-]+)*$/.test(name)) throw new DeskError('not_found');
    const body = await readFile(join(this.files, name)).catch(() => undefined);
    if (!body) throw new DeskError('not_found');
    return { status: 200, type, body };
  }

  private async reading(path: string, query: Record<string, unknown>): Promise<BoardAnswer> {
    for (const route of this.readings) {
      const patterns: readonly string[] = [route.route].flat();
      const params = patterns.map((pattern) => matchRoute(pattern, path)).find(Boolean);
      if (!params) continue;
      const request = { queues: this.queues, uiConfig: this.config, params, query, body: {}, headers: {} };
      const { status = 200, body } = await Promise.resolve(route.handler(request)).catch(this.complain);
      return { status, type: 'application/json; charset=utf-8', body: JSON.stringify(body) };
    }
    throw new DeskError('not_found');
  }
}
