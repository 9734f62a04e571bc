import type { team as english } from '../en/team.ts';

export const team: Partial<typeof english> = {};
