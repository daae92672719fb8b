import type { Locale } from '#libs/contracts';
import { text } from '#libs/platform';
import type { Finding } from './finding.js';

const oldestNode = '20.19.0';
/** Share of the disk below which attachments are at risk. */
const leastFree = 15;

export interface MachineFacts {
  /** `20.20.2` */
  readonly node: string;
  readonly folder: string;
  /** Why the data folder cannot be written. */
  readonly folderFault?: string | undefined;
  /** Per cent of its disk. */
  readonly free?: number | undefined;
  /** Where SECRET_KEY is or will be; absent when the environment gives it. */
  readonly keyFile?: string | undefined;
  readonly keyIsThere: boolean;
}

/** What the machine and its data folder show. */
export function judgeMachine(facts: MachineFacts, locale: Locale): Finding[] {
  const { node, keyIsThere, keyFile } = facts;
  const nodeFinding: Finding = isBelow(node, oldestNode)
    ? {
        level: 'bad',
        text: text(locale, 'doctor.node.bad', { version: node }),
        advice: text(locale, 'doctor.node.advice', { wanted: oldestNode }),
      }
    : { level: 'good', text: text(locale, 'doctor.node.good', { version: node }) };
  const keyFinding: Finding = keyIsThere
    ? { level: 'good', text: text(locale, 'doctor.key.good') }
    : {
        level: 'note',
        text: text(locale, 'doctor.key.missing'),
        advice: text(locale, 'doctor.key.missingAdvice', { path: keyFile ?? '' }),
      };
  return [nodeFinding, judgeFolder(facts, locale), keyFinding];
}

function judgeFolder({ folder: path, folderFault, free = 100 }: MachineFacts, locale: Locale): Finding {
  if (folderFault) {
    return {
      level: 'bad',
      text: text(locale, 'doctor.folder.bad', { path, reason: folderFault }),
      advice: text(locale, 'doctor.folder.advice'),
    };
  }
  if (free >= leastFree) return { level: 'good', text: text(locale, 'doctor.folder.good', { path, free }) };
  return {
    level: 'bad',
    text: text(locale, 'doctor.folder.full', { path, free }),
    advice: text(locale, 'doctor.folder.fullAdvice'),
  };
}

/** Whether a dotted version is older than another. */
export function isBelow(version: string, wanted: string): boolean {
  const [have, want] = [version, wanted].map((text) => text.split('.').map(Number));
  for (const [index, part] of (want ?? []).entries()) {
    const difference = (have?.[index] ?? 0) - part;
    if (difference !== 0) return difference < 0;
  }
  return false;
}
