import { useEffect, useState } from 'react';
import { DeskProblem } from '../api/problem.js';

/** Seconds until the desk takes another try, counted down. */
export function useWaiting(problem: unknown): number {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    const seconds = problem instanceof DeskProblem ? (problem.facts.retryAfterSeconds ?? 0) : 0;
    setLeft(seconds);
    if (seconds === 0) return undefined;
    const until = Date.now() + seconds * 1_000;
    const timer = setInterval(() => setLeft(Math.max(0, Math.ceil((until - Date.now()) / 1_000))), 250);
    return () => clearInterval(timer);
  }, [problem]);
  return left;
}
