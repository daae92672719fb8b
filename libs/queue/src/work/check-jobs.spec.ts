import { describe, expect, it } from '@jest/globals';
import { type JobEntry, jobFaults } from './check-jobs.js';

const entry = (job: string, handlers: string[], sources: string[]): JobEntry => ({ job, handlers, sources });

describe('jobFaults', () => {
  it.each<[string, string[], JobEntry[], string[]]>([
    ['is content with one handler and a source', ['inbound'], [entry('inbound', ['A'], ['S'])], []],
    ['is content with nothing to do', [], [], []],
    ['lets a process dispatch what another one works', [], [entry('inbound', [], ['S'])], []],
    ['misses a handler', ['inbound'], [entry('inbound', [], ['S'])], ['Job inbound has no handler.']],
    [
      'misses everything of a job that nobody knows',
      ['routing'],
      [],
      ['Job routing has no handler.', 'Job routing has no source: a lost job would never be repeated.'],
    ],
    ['refuses two', ['inbound'], [entry('inbound', ['A', 'B'], ['S'])], ['Job inbound has 2 handlers: A, B.']],
    ['refuses a stray handler', [], [entry('inbound', ['A'], ['S'])], ['A handles inbound, a job not worked here.']],
    [
      'refuses a job whose loss nobody would notice',
      ['inbound'],
      [entry('inbound', ['A'], [])],
      ['Job inbound has no source: a lost job would never be repeated.'],
    ],
  ])('%s', (_name, works, entries, faults) => expect(jobFaults(new Set(works), entries)).toEqual(faults));
});
