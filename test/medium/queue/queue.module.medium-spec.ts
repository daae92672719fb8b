import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { aProcess, type QueueProcess } from './a-process.js';
import { Ledger, workOf } from './ledger.js';
import { type JobServer, postgresServer, redisServer } from './servers.js';

const numbered = (count: number): string[] => Array.from({ length: count }, (_, at) => String(at + 1));

describe.each([
  ['Redis', redisServer],
  ['PostgreSQL', postgresServer],
])('QueueModule on %s', (_name, start) => {
  let server: JobServer;
  const open: QueueProcess[] = [];

  const process = async (...works: Parameters<typeof workOf>[]): Promise<QueueProcess> => {
    const made = await aProcess(server, ...works.map((work) => workOf(...work)));
    open.push(made);
    return made;
  };

  beforeAll(async () => {
    server = await start();
  });
  afterEach(async () => {
    for (const made of open.splice(0)) await made.close();
    await server.lose();
  });
  afterAll(() => server.close());

  it('works what another process puts on, many in one call and never more than the batch', async () => {
    const ledger = new Ledger(60_000);
    const producer = await process();
    ledger.ring(...numbered(95));
    await producer.queue.add('inbound', numbered(95));
    await process([ledger, 10]);
    await ledger.done();
    expect(ledger.handled.sort()).toEqual(numbered(95).sort());
    expect(Math.max(...ledger.calls.map((ids) => ids.length))).toBeLessThanOrEqual(10);
    expect(ledger.calls.length).toBeLessThan(60);
    expect(ledger.most).toBeLessThanOrEqual(2);
  });

  it('stores nothing but version and id', async () => {
    const { queue, bullmq } = await process();
    await queue.add('inbound', ['7']);
    const [job] = await bullmq.open('inbound').getJobs(['waiting']);
    expect(job?.data).toEqual({ v: 1, id: '7' });
    await expect(queue.counts('inbound')).resolves.toEqual({ waiting: 1, active: 0, delayed: 0, failed: 0 });
  });

  it('finds rows that nobody put on', async () => {
    const ledger = new Ledger();
    ledger.add('1', '2');
    await process([ledger]);
    await ledger.done();
    expect(ledger.handled.sort()).toEqual(['1', '2']);
  });

  it('puts on again what the server lost', async () => {
    const ledger = new Ledger();
    const producer = await process();
    ledger.ring('1', '2', '3');
    await producer.queue.add('inbound', ['1', '2', '3']);
    await server.lose();
    await process([ledger]);
    await ledger.done();
    expect(ledger.handled.sort()).toEqual(['1', '2', '3']);
  });

  it('takes an id that was put on three times once in a call', async () => {
    const ledger = new Ledger(60_000);
    const producer = await process();
    ledger.ring('1', '2');
    await producer.queue.add('inbound', ['1', '1', '2', '1']);
    await process([ledger]);
    await ledger.done();
    for (const ids of ledger.calls) expect(new Set(ids).size).toBe(ids.length);
  });

  it('leaves the rows of a failed batch to their source', async () => {
    const ledger = new Ledger();
    ledger.failures = 1;
    ledger.add('1');
    const { queue } = await process([ledger]);
    await ledger.done();
    expect(ledger.handled).toEqual(['1', '1']);
    expect((await queue.counts('inbound')).failed).toBe(0);
  });

  it('leaves a job of a newer version to a newer worker', async () => {
    const ledger = new Ledger(60_000);
    const { bullmq, queue } = await process([ledger]);
    await bullmq.open('inbound').add('inbound', { v: 2, id: '5', more: true });
    ledger.ring('6');
    await queue.add('inbound', ['6']);
    await ledger.done();
    while ((await queue.counts('inbound')).delayed === 0) await new Promise(setImmediate);
    await expect(queue.counts('inbound')).resolves.toMatchObject({ waiting: 0, delayed: 1 });
    expect(ledger.handled).toEqual(['6']);
  });

  it('polls the source while the server is away, and goes back to the queue when it returns', async () => {
    const ledger = new Ledger();
    const { queue } = await process([ledger]);
    ledger.add('1');
    await ledger.done();
    await server.away();
    try {
      ledger.add('2', '3');
      await ledger.done();
    } finally {
      await server.back();
    }
    expect(ledger.handled.sort()).toEqual(['1', '2', '3']);
    const producer = await process();
    ledger.ring('4');
    await producer.queue.add('inbound', ['4']);
    await ledger.done();
    // A second ring for what is done already may still be on its way.
    while ((await queue.counts('inbound')).waiting > 0) await new Promise(setImmediate);
    await expect(queue.counts('inbound')).resolves.toMatchObject({ delayed: 0, failed: 0 });
  });

  it('never holds up or fails whoever rings while the server is away', async () => {
    const { queue } = await process();
    await server.away();
    try {
      await expect(queue.add('inbound', ['1'])).resolves.toBeUndefined();
      await expect(queue.counts('inbound')).rejects.toThrow();
    } finally {
      await server.back();
    }
  });

  it('finishes what it has begun before it stops, and leaves the rest to others', async () => {
    const ledger = new Ledger(60_000);
    let release = (): void => undefined;
    ledger.gate = new Promise((resolve) => {
      release = resolve;
    });
    const first = await aProcess(server, workOf(ledger, 1, 1));
    ledger.ring('1', '2');
    await first.queue.add('inbound', ['1', '2']);
    await ledger.until(() => ledger.under === 1);
    const closing = first.close();
    release();
    await closing;
    expect(ledger.under).toBe(0);
    await process([ledger]);
    await ledger.done();
    expect(ledger.handled.sort()).toEqual(['1', '2']);
  });

  it('refuses to start with two handlers of one job', async () => {
    await expect(process([new Ledger()], [new Ledger()])).rejects.toThrow('Job inbound has 2 handlers');
  });

  it('refuses to start with a job that nobody handles', async () => {
    const { sources } = workOf(new Ledger());
    const refused = aProcess(server, { jobs: ['inbound', 'routing'], handlers: [], sources });
    await expect(refused).rejects.toThrow(/Job inbound has no handler.*Job routing has no handler/);
  });
});
