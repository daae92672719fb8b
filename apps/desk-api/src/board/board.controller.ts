import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ChannelsRepository } from '#libs/channels';
import { jobs, outboundJob } from '#libs/contracts';
import { Database } from '#libs/database';
import { BullmqQueue } from '#libs/queue';
import type { FastifyReply } from 'fastify';
import { Route } from '../access/route.decorator.js';
import { BoardPages } from './board-pages.adapter.js';

const path = '/admin/queues';

/** The board sets inline styles and names its own address as base; its scripts are its own files. */
const boardPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; " +
  "font-src 'self' data:; base-uri 'self'; form-action 'none'; frame-ancestors 'none'";

/** The board of the queues. It shows and changes nothing: what is to be done stands in PostgreSQL. */
@Controller('admin/queues')
export class BoardController {
  private readonly pages = new BoardPages(path);
  private readonly shown = new Set<string>();
  private readonly board = createBullBoard({
    queues: [],
    serverAdapter: this.pages,
    options: { uiConfig: { boardTitle: 'Switchboard' } },
  });

  constructor(
    private readonly queue: BullmqQueue,
    private readonly database: Database,
    private readonly channels: ChannelsRepository,
  ) {}

  @Get()
  @Route('board.open', { summary: 'The board of the queues', page: true })
  async open(@Res() reply: FastifyReply): Promise<void> {
    await this.send('', {}, reply);
  }

  @Get('*')
  @Route('board.open', { summary: 'A page, file or reading of the board', page: true })
  async inside(
    @Param('*') inside: string,
    @Query() query: Record<string, unknown>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.send(inside, query, reply);
  }

  private async send(inside: string, query: Record<string, unknown>, reply: FastifyReply): Promise<void> {
    await this.addQueues();
    const { status, type, body } = await this.pages.answer(inside, query);
    await reply.status(status).type(type).header('content-security-policy', boardPolicy).send(body);
  }

  /** A channel that announced itself since has a queue of its own. */
  private async addQueues(): Promise<void> {
    const channels = await this.channels.list(this.database.db);
    const wanted = [...Object.values(jobs), ...channels.map(({ kind }) => outboundJob(kind))];
    for (const job of wanted.filter((name) => !this.shown.has(name))) {
      this.board.addQueue(new BullMQAdapter(this.queue.open(job), { readOnlyMode: true }));
      this.shown.add(job);
    }
  }
}
