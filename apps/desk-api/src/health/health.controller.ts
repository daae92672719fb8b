import { Controller, Get, Res } from '@nestjs/common';
import { ApiProduces } from '@nestjs/swagger';
import { Health, type HealthReport, Metrics } from '#libs/platform';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Route } from '../access/route.decorator.js';

const reportShape = z
  .object({
    status: z.enum(['ok', 'failing', 'stopping']),
    checks: z.record(z.string(), z.enum(['ok', 'failed', 'timed-out'])),
  })
  .meta({ id: 'HealthReport' });

/** Probes for whoever runs the desk, and numbers for Prometheus. */
@Controller()
export class HealthController {
  constructor(
    private readonly health: Health,
    private readonly metrics: Metrics,
  ) {}

  @Get('health/live')
  @Route('health.live', {
    summary: 'The process turns its event loop',
    answer: z.object({ status: z.literal('ok') }),
  })
  live(): { readonly status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('health/ready')
  @Route('health.ready', { summary: 'The desk can work; 503 with the checks that fail', answer: reportShape })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthReport> {
    const report = await this.health.report();
    if (report.status !== 'ok') void reply.status(503);
    return report;
  }

  @Get('metrics')
  @ApiProduces('text/plain')
  @Route('metrics.read', { summary: 'Numbers in the text format of Prometheus', answer: z.string() })
  async read(@Res() reply: FastifyReply): Promise<void> {
    await reply.type(this.metrics.contentType).send(await this.metrics.text());
  }
}
