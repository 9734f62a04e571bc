import { headingKey } from './table.ts';

/** Where a people file comes from, as its header tells: a directory's export, or a list that somebody wrote. */
export type PeopleFormat = 'entra' | 'google' | 'list';

type ColumnRole =
  | 'email'
  | 'userPrincipalName'
  | 'name'
  | 'givenName'
  | 'surname'
  | 'accountEnabled'
  | 'signInBlocked'
  | 'status'
  | 'userType';

/** The columns of a people file that mean something to us, each by its position. */
export type PeopleColumns = { readonly format: PeopleFormat } & { readonly [Role in ColumnRole]?: number };

/** Headings by their key (see `headingKey`), in English, German and Czech. Directories say which they are. */
const HEADINGS: Readonly<Record<ColumnRole, readonly string[]>> = {
  email: [
    ...['email', 'emailaddress', 'mail', 'mailaddress', 'primaryemail', 'workemail'],
    ...['emailadresse', 'mailadresse', 'epost', 'geschaftlicheemail', 'geschaftlicheemailadresse'],
    ...['emailovaadresa', 'adresaemail', 'adresaelektronickeposty', 'elektronickaadresa', 'elektronickaposta'],
  ],
  userPrincipalName: ['userprincipalname', 'upn'],
  name: [
    ...['name', 'fullname', 'displayname', 'firstandlastname'],
    ...['anzeigename', 'vollstandigername', 'vorundnachname', 'vornameundnachname', 'vornamenachname'],
    ...['jmenoaprijmeni', 'jmenoprijmeni', 'prijmeniajmeno', 'celejmeno', 'zobrazovanejmeno'],
  ],
  givenName: ['givenname', 'firstname', 'forename', 'vorname', 'rufname', 'jmeno', 'krestnijmeno'],
  surname: ['surname', 'lastname', 'familyname', 'nachname', 'familienname', 'zuname', 'prijmeni'],
  accountEnabled: ['accountenabled'],
  signInBlocked: ['blockcredential', 'signinblocked'],
  status: ['status'],
  userType: ['usertype'],
};

const find = (keys: readonly string[], role: ColumnRole): number | undefined => {
  const index = keys.findIndex((key) => HEADINGS[role].includes(key));
  return index < 0 ? undefined : index;
};

/** "Name" beside a given name and no surname is the surname ("Name;Vorname;E-Mail"). */
const findPersonColumns = (keys: readonly string[]): Pick<PeopleColumns, 'name' | 'givenName' | 'surname'> => {
  const name = find(keys, 'name');
  const givenName = find(keys, 'givenName');
  const surname = find(keys, 'surname');
  const nameIsSurname = name !== undefined && keys[name] === 'name' && givenName !== undefined && surname === undefined;
  return nameIsSurname ? { givenName, surname: name } : { name, givenName, surname };
};

const recogniseFormat = (keys: readonly string[], header: readonly string[]): PeopleFormat => {
  if (keys.includes('userprincipalname')) return 'entra';
  return header.some((heading) => /\[(?:required|read only|upload only)\]/i.test(heading)) ? 'google' : 'list';
};

/**
 * Recognises a people file by its header.
 *
 * @returns Where its columns stand, or undefined where no column holds addresses: nobody can be invited then.
 */
export const findPeopleColumns = (header: readonly string[]): PeopleColumns | undefined => {
  const keys = header.map(headingKey);
  const email = find(keys, 'email');
  const userPrincipalName = find(keys, 'userPrincipalName');
  if (email === undefined && userPrincipalName === undefined) return undefined;
  return {
    format: recogniseFormat(keys, header),
    email,
    userPrincipalName,
    ...findPersonColumns(keys),
    accountEnabled: find(keys, 'accountEnabled'),
    signInBlocked: find(keys, 'signInBlocked'),
    status: find(keys, 'status'),
    userType: find(keys, 'userType'),
  };
};
