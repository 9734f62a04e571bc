import type { state as english } from '../en/state.ts';

export const state: Partial<typeof english> = {};
