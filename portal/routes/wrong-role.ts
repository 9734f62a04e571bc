/** Thrown by a route that the account that is signed in has no role for; the error page explains it. */
export class WrongRole extends Error {
  override readonly name = 'WrongRole';
}
