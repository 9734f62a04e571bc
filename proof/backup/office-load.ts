import type { Client } from '../../contract/client.ts';
import type { LicenceId, MemberId, TeamId } from '../../domain/id.ts';
import { demoPeople } from '../../server/demo/people.ts';
import type { ServerProcess } from '../../server/tests/harness/server-process.ts';
import type { Chance } from '../chance.ts';
import type { DemoOffice } from '../demo-office.ts';
import { findDemoOffice, orderLicences } from '../demo-office.ts';

/** People at work in one office of the demo while it is backed up: licences come and go, and more are ordered. */
export interface OfficeLoad {
  readonly teamId: TeamId;
  /** Changes that were acknowledged. */
  readonly operations: number;
  /** The team's newest revision that somebody was told of. */
  readonly acknowledged: number;
  /** What went wrong that should not have. */
  readonly faults: readonly string[];
  order(): Promise<void>;
  stop(): Promise<void>;
}

export async function startOfficeLoad(server: ServerProcess, chance: Chance): Promise<OfficeLoad> {
  const [agent, owner] = [await server.as(demoPeople.agent.email), await server.as(demoPeople.owner.email)];
  const office = await findDemoOffice(agent);
  const counts = { operations: 0, acknowledged: 0 };
  const faults: string[] = [];
  let stopped = false;
  const lane = async (work: () => Promise<void>) => {
    while (!stopped) {
      await work().catch((error: { code?: string; message: string }) => {
        // Another lane was faster; every refusal is a proper answer.
        if (error.code === undefined || error.code === 'internal') faults.push(error.message);
      });
    }
  };
  const lanes = [1, 2].map((number) =>
    lane(async () => {
      const revision = await toggle(owner, office, chance.branch(number));
      counts.operations += 1;
      counts.acknowledged = Math.max(counts.acknowledged, revision);
    }),
  );
  return {
    teamId: office.teamId,
    get operations() {
      return counts.operations;
    },
    get acknowledged() {
      return counts.acknowledged;
    },
    faults,
    async order() {
      await orderLicences(agent, office, 1 + chance.below(3));
      counts.operations += 3;
    },
    async stop() {
      stopped = true;
      await Promise.all(lanes);
    },
  };
}

/** Takes a licence from somebody who has one, or gives one to somebody who has none. */
async function toggle(owner: Client, { teamId, productId }: DemoOffice, chance: Chance): Promise<number> {
  const { licences } = await owner.listLicences({ teamId });
  const { items: members } = await owner.listMembers({ teamId, query: { limit: 100 } });
  const memberId = chance.pick(members)?.id as MemberId;
  const held = licences.find((licence) => licence.memberId === memberId && licence.productId === productId);
  const done = held
    ? await owner.takeLicence({ teamId, licenceId: held.id as LicenceId, body: { memberId } })
    : await owner.giveLicence({ teamId, body: { productId, memberId } });
  return done.revision;
}
