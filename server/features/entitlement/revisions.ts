/** The newest revision of each team that a client of a stream has heard of; its text is the stream's event id. */
export type Revisions = Map<string, number>;

/** Reads a `Last-Event-ID` of the form `team_a:12,team_b:7`; whatever else stands there is passed over. */
export function parseRevisions(text: string | undefined): Revisions {
  const pairs = (text ?? '').slice(0, 16_384).matchAll(/(team_[0-9a-z]{26}):(\d{1,15})(?:,|$)/g);
  return new Map([...pairs].map(([, teamId = '', revision]) => [teamId, Number(revision)]));
}

export function formatRevisions(revisions: Revisions): string {
  return [...revisions].map(([teamId, revision]) => `${teamId}:${revision}`).join(',');
}
