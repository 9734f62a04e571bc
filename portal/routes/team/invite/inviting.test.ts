import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ApiError } from '../../../../contract/client.ts';
import type { EmailAddress } from '../../../../domain/email-address.ts';
import type { Invitee } from './inviting.ts';
import { sendInvitations } from './inviting.ts';

const people = Array.from(
  { length: 250 },
  (_, index): Invitee => ({
    // Well-formed by construction.
    email: `person${index}@office.example` as EmailAddress,
    role: 'member',
    external: false,
  }),
);
const invited = (chunk: readonly Invitee[]) =>
  chunk.map(({ email }) => ({ email, outcome: 'invited' as const, memberId: `mem_${email}` }));

describe('sending invitations', () => {
  it('goes in chunks of 100 and tells its progress', async () => {
    const sizes: number[] = [];
    const heard: number[] = [];
    const send = async (chunk: readonly Invitee[]) => {
      sizes.push(chunk.length);
      return invited(chunk);
    };
    const { invited: done, unsent } = await sendInvitations(people, send, (count) => heard.push(count));
    assert.deepEqual([sizes, heard, done.length, unsent], [[100, 100, 50], [100, 200, 250], 250, 0]);
  });

  it('tells what went out before something stopped it', async () => {
    let calls = 0;
    const send = async (chunk: readonly Invitee[]) => {
      calls += 1;
      if (calls === 2) throw new ApiError('away');
      return invited(chunk);
    };
    const summary = await sendInvitations(people, send, () => {});
    assert.deepEqual([summary.invited.length, summary.unsent, summary.stoppedBy, calls], [100, 150, 'offline', 2]);
  });

  it('names who was left alone, and why', async () => {
    const send = async () => [
      { email: 'a@x.example', outcome: 'alreadyMember' as const, memberId: 'mem_a' },
      { email: 'b@', outcome: 'invalidEmail' as const, memberId: null },
    ];
    const { others } = await sendInvitations(people.slice(0, 2), send, () => {});
    assert.deepEqual(others, { alreadyMember: ['a@x.example'], invalidEmail: ['b@'], repeated: [] });
  });
});
