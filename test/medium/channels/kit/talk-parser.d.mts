import type { Normalized, RawItem } from '#libs/channels';

export function readTalk(raw: RawItem): Partial<Normalized> & { readonly foreign?: true };
