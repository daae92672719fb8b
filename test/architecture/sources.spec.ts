import { describe, expect, it } from '@jest/globals';
import { linesOf, sources } from './sources.js';

const written = sources('apps', 'libs').filter((path) => !path.endsWith('.spec.ts'));

describe('source files', () => {
  it('have no more than 300 lines each', () => {
    expect(written.filter((path) => linesOf(path).length > 300)).toEqual([]);
  });

  it('have fewer than 80 lines in the median', () => {
    const sizes = written.map((path) => linesOf(path).length).sort((a, b) => a - b);
    expect(sizes[Math.floor(sizes.length / 2)]).toBeLessThan(80);
  });

  it('say why wherever they silence a tool', () => {
    const silencing = /(oxlint|eslint)-disable|@ts-(expect-error|ignore|nocheck)/;
    const mute = sources('apps', 'libs', 'test').flatMap((path) =>
      linesOf(path)
        .filter((line) => silencing.test(line) && !/(-- |@ts-expect-error )\S{2,}.* \S+/.test(line))
        .filter((line) => !line.includes('const silencing'))
        .map((line) => `${path}: ${line.trim()}`),
    );
    expect(mute).toEqual([]);
  });

  it('have names that say what they are, not that they are left over', () => {
    const vague = /(^|\/)(utils?|helpers?|common|shared|misc|base|manager)([-./]|$)/i;
    expect(written.filter((path) => vague.test(path) && !path.endsWith('/common.config.ts'))).toEqual([]);
  });
});
