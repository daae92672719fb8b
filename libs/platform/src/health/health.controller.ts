import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Health, type HealthReport } from './health.service.js';
import { Metrics } from './metrics.service.js';

/** Probes and numbers of a process without an API of its own, on its HEALTH_PORT. */
@Controller()
export class HealthController {
  constructor(
    private readonly health: Health,
    private readonly metrics: Metrics,
  ) {}

  /** The process turns its event loop: restart it when this fails. */
  @Get('health/live')
  live(): { readonly status: 'ok' } {
    return { status: 'ok' };
  }

  /** The process can do its work: 503 with the checks that fail. */
  @Get('health/ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthReport> {
    const report = await this.health.report();
    if (report.status !== 'ok') void reply.status(503);
    return report;
  }

  @Get('metrics')
  async read(@Res() reply: FastifyReply): Promise<void> {
    await reply.type(this.metrics.contentType).send(await this.metrics.text());
  }
}
