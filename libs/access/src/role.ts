/** What a person may do at the desk; the table in `policy.ts` says it for every route. */
export const roles = ['administrator', 'supervisor', 'specialist', 'director'] as const;
export type Role = (typeof roles)[number];
