import type { Shape } from '../api/shape.js';

export type Person = Shape<'SignedInPerson'>;
export type Role = Person['role'];

/** The sets of roles that routes of the API name too. */
export const everybody: readonly Role[] = ['administrator', 'supervisor', 'specialist', 'director'];
export const working: readonly Role[] = ['administrator', 'supervisor', 'specialist'];
export const leading: readonly Role[] = ['administrator', 'supervisor'];
