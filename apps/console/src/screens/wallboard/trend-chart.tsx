import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useText } from '../../texts/use-text.js';
import styles from './trend.module.css';
import { halfHours, type Quarter, spanOf, trendColumns } from './trend-columns.js';

type Size = Pick<uPlot.Options, 'width' | 'height'>;

interface Props {
  readonly quarters: readonly Quarter[];
  /** As high as there is room where it is left out. */
  readonly height?: number;
  readonly fontSize: number;
}

/** Bars of now side by side, the same hours a week ago as broken lines over them. Its words are in the table. */
export function TrendChart({ quarters, height, fontSize }: Props) {
  const { format } = useText();
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot>(undefined);
  const data = trendColumns(quarters);
  const latest = useRef(data);
  latest.current = data;
  useEffect(() => {
    const { current } = place;
    if (!current) return undefined;
    const time = (seconds: number): string => format.clock(new Date(seconds * 1_000));
    const room = (): Size => ({
      width: current.clientWidth,
      height: height ?? Math.max(leastHeight, current.clientHeight),
    });
    const drawn = new uPlot({ ...room(), ...chartOptions(fontSize, time) }, latest.current, current);
    chart.current = drawn;
    const resized = new ResizeObserver(() => drawn.setSize(room()));
    resized.observe(current);
    // Colours are those of the theme, at every drawing.
    const recoloured = new MutationObserver(() => drawn.redraw());
    recoloured.observe(document.documentElement, { attributeFilter: ['data-mantine-color-scheme'] });
    return () => {
      resized.disconnect();
      recoloured.disconnect();
      drawn.destroy();
    };
  }, [height, fontSize, format]);
  const shape = JSON.stringify(data);
  useEffect(() => chart.current?.setData(latest.current), [shape]);
  return <div ref={place} className={styles.chart} aria-hidden style={{ minHeight: height }} />;
}

const colour = (name: string) => (): string =>
  getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

const arrived = colour('desk-waiting');
const closed = colour('mantine-primary-color-filled');
const dim = colour('mantine-color-dimmed');
const line = colour('desk-line');

/** Half of a quarter's room each, beside one another. */
const bar = (stroke: () => string, align: -1 | 1): uPlot.Series => ({
  stroke,
  fill: stroke,
  width: 0,
  points: { show: false },
  ...(uPlot.paths.bars && { paths: uPlot.paths.bars({ size: [0.36, 40], align }) }),
});
const past = (stroke: () => string): uPlot.Series => ({ stroke, width: 2, dash: [5, 4], points: { show: false } });

/** Whole tickets only. */
const steps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000];
const least = 4;
const leastHeight = 60;

function chartOptions(size: number, time: (seconds: number) => string): Omit<uPlot.Options, keyof Size> {
  const font = `${size}px ${getComputedStyle(document.body).fontFamily}`;
  return {
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { range: (_chart, from, to) => spanOf(from, to) },
      y: { range: (_chart, _from, to) => [0, Math.max(least, to * 1.1)] },
    },
    axes: [
      {
        stroke: dim,
        font,
        size: size * 2.2,
        grid: { show: false },
        ticks: { show: false },
        splits: (_chart, _axis, from, to) => halfHours(from, to),
        values: (_chart, marks) => marks.map(time),
      },
      {
        stroke: dim,
        font,
        size: size * 3,
        incrs: steps,
        space: size * 2,
        grid: { stroke: line, width: 1 },
        ticks: { show: false },
      },
    ],
    series: [{}, bar(arrived, -1), bar(closed, 1), past(arrived), past(closed)],
  };
}
