import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Numbers of this process for Prometheus. Labels hold names and states, never ids of people or tickets. */
@Injectable()
export class Metrics {
  private readonly registry = new Registry();

  constructor(app: string) {
    this.registry.setDefaultLabels({ app });
    collectDefaultMetrics({ register: this.registry });
  }

  /** Something that only grows. Asking twice for one name gives the same counter. */
  counter<Label extends string>(name: string, help: string, labelNames: readonly Label[] = []): Counter<Label> {
    const known = this.registry.getSingleMetric(name) as Counter<Label> | undefined;
    return known ?? new Counter({ name, help, labelNames, registers: [this.registry] });
  }

  /** A level. `collect` runs at every scrape and sets the gauge; what it throws leaves the old value. */
  gauge<Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[] = [],
    collect?: (gauge: Gauge<Label>) => Promise<void> | void,
  ): Gauge<Label> {
    const known = this.registry.getSingleMetric(name) as Gauge<Label> | undefined;
    if (known) return known;
    return new Gauge({
      name,
      help,
      labelNames,
      registers: [this.registry],
      ...(collect && {
        async collect(this: Gauge<Label>) {
          // A scrape must not fail because one source is away: that shows in /health/ready.
          await Promise.resolve(collect(this)).catch(() => undefined);
        },
      }),
    });
  }

  /** How long or how large things are. */
  histogram<Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[] = [],
    buckets?: number[],
  ): Histogram<Label> {
    const known = this.registry.getSingleMetric(name) as Histogram<Label> | undefined;
    return known ?? new Histogram({ name, help, labelNames, registers: [this.registry], ...(buckets && { buckets }) });
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  /** All numbers in the text format of Prometheus. */
  text(): Promise<string> {
    return this.registry.metrics();
  }
}
