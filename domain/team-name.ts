declare const brand: unique symbol;

/** The name of a team as its people write it: 1 to 80 characters, trimmed, in NFC, without control characters. */
export type TeamName = string & { readonly [brand]: 'TeamName' };

/** The form in which two team names are compared: without case, spacing and Unicode form. Never shown. */
export type TeamNameKey = string & { readonly [brand]: 'TeamNameKey' };

const MAX_CHARACTERS = 80;

/** Control characters, lone surrogates, line breaks, and what turns the direction of the text around the name. */
const FORBIDDEN = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;
const UNSEEN = /[\p{White_Space}\p{Default_Ignorable_Code_Point}]/gu;

/** Upper case first: it takes ß to SS and the final sigma to the common one, which lower case alone keeps apart. */
const fold = (text: string): string => text.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC');

/**
 * The key by which team names are the same: case, spacing and Unicode form are ignored.
 *
 * `Büro  Nord`, `BÜRONORD` and `Bu\u0308ro Nord` share one key.
 */
export const teamNameKey = (name: string): TeamNameKey => {
  const visible = (text: string): string => fold(text).replaceAll(UNSEEN, '');
  // Twice, because a mark that something unseen kept from its letter joins it only then. The one place that makes a TeamNameKey.
  return visible(visible(name)) as TeamNameKey;
};

/**
 * Reads a team's name as somebody typed it; space around it is dropped.
 *
 * @returns The name, or undefined where it is empty to the eye, too long or has characters that no name needs.
 */
export const parseTeamName = (text: string): TeamName | undefined => {
  const name = text.normalize('NFC').trim();
  if (FORBIDDEN.test(name) || [...name].length > MAX_CHARACTERS || teamNameKey(name) === '') return undefined;
  // The one place that makes a TeamName: everything that the type promises was checked above.
  return name as TeamName;
};
