import path from 'node:path';

/** The folder of screenshots, one folder within it for each journey. */
export const artefacts = path.resolve(import.meta.dirname, '../artefacts');
