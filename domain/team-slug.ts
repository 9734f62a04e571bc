import { crockford } from './crockford.ts';

const RANDOM_BYTES = 5;
const MAX_NAME_LETTERS = 40;

/**
 * The team's part of a web address: letters of its name, then eight random ones.
 *
 * The random part keeps a slug from telling whether a team of that name exists: nobody can guess one,
 * and two teams of one name differ. A name without Latin letters leaves `team` in front.
 *
 * @param random 5 random bytes; callers own the source.
 * @throws RangeError where there are not 5 bytes.
 */
export const slugFor = (name: string, random: Uint8Array): string => {
  if (random.length !== RANDOM_BYTES) throw new RangeError(`A slug takes ${RANDOM_BYTES} random bytes`);
  const letters = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toUpperCase()
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_NAME_LETTERS)
    .replaceAll(/^-+|-+$/g, '');
  return `${letters === '' ? 'team' : letters}-${crockford(random)}`;
};
