import { readFileSync } from 'node:fs';
import { ConfigError } from './config-error.ts';

/** The bytes of a file that a setting names. @throws ConfigError where it cannot be read. */
export function readSettingFile(setting: string, file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new ConfigError(setting, `cannot be read: ${(error as Error).message}`);
  }
}
