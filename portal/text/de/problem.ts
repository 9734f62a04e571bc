import type { problem as englishProblem, wayOut as englishWayOut } from '../en/problem.ts';

export const problem: Partial<typeof englishProblem> = {};

export const wayOut: Partial<typeof englishWayOut> = {};
