import { z } from 'zod';

const trial = z.object({
  name: z.string(),
  address: z.string().optional(),
  settings: z.record(z.string(), z.unknown()),
});

/** An account that is not there yet. */
export interface Trial {
  readonly name: string;
  readonly address: string | undefined;
  readonly settings: Readonly<Record<string, unknown>>;
}

export const writeTrial = ({ name, address, settings }: Trial): string => JSON.stringify({ name, address, settings });

export function readTrial(text: string): Trial {
  const { name, address, settings } = trial.parse(JSON.parse(text));
  return { name, address, settings };
}
