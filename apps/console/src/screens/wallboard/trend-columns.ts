import type { Shape } from '../../api/shape.js';

export type Quarter = Shape<'Trend'>['quarters'][number];

const quarterSeconds = 900;

/** The middle of each quarter as seconds, then what is drawn over it: arrived, closed, and both a week ago. */
export function trendColumns(quarters: readonly Quarter[]): [number[], number[], number[], number[], number[]] {
  return [
    quarters.map(({ at }) => Date.parse(at) / 1_000 + quarterSeconds / 2),
    quarters.map(({ arrived }) => arrived),
    quarters.map(({ closed }) => closed),
    quarters.map(({ weekAgo }) => weekAgo.arrived),
    quarters.map(({ weekAgo }) => weekAgo.closed),
  ];
}

/** From the beginning of the first quarter to the end of the last. */
export const spanOf = (first: number, last: number): [number, number] => [
  first - quarterSeconds / 2,
  last + quarterSeconds / 2,
];

/** The full hours and half hours within a span. */
export function halfHours(from: number, to: number): number[] {
  const step = 2 * quarterSeconds;
  const first = Math.ceil(from / step) * step;
  return Array.from({ length: Math.max(0, Math.floor((to - first) / step) + 1) }, (_, i) => first + i * step);
}
