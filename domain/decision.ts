/** A rule's "yes", with what follows from it. */
export type Granted<Value> = { readonly ok: true; readonly value: Value };

/** A rule's expected "no": a reason from a closed union, with ids and numbers that say where. */
export type Refused<Reason extends string> = {
  readonly ok: false;
  readonly reason: Reason;
  readonly details: RefusalDetails;
};

/** Ids and numbers only, never names or addresses: refusals end up in logs. */
export type RefusalDetails = Readonly<Record<string, string | number>>;

/** What every `decide*` answers. */
export type Decision<Value, Reason extends string> = Granted<Value> | Refused<Reason>;

/** Says yes. */
export const granted = <Value>(value: Value): Granted<Value> => ({ ok: true, value });

/** Says no, with the reason that the caller can act on first. */
export const refused = <Reason extends string>(reason: Reason, details: RefusalDetails = {}): Refused<Reason> => ({
  ok: false,
  reason,
  details,
});
