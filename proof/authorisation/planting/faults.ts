import type { CaseName } from '../table/expectations.ts';
import type { Plant } from './plant.ts';

/** A fault with the case that has to notice it, and what it has to say. */
export interface PlantedFault {
  readonly name: string;
  readonly fault: Plant;
  readonly noticedBy: CaseName;
  readonly report: RegExp;
}

/** Every may-question of the house answers yes, whoever asks. */
export const policiesOff: readonly Plant[] = [
  {
    file: 'domain/permission.ts',
    find: 'reachOf(actor, action) !== undefined;',
    instead: '(reachOf(actor, action), true);',
  },
  {
    file: 'server/features/customer/customer.policy.ts',
    find: 'all: staff && may(',
    instead: 'all: true || may(',
  },
  {
    file: 'server/features/team/team.policy.ts',
    find: "if (!standing) throw new AppError('notFound');",
    instead:
      "if (!standing) return { teamId, role: 'owner', memberId: null, staff: true, agent: true, claimed: true } as TeamStanding;",
  },
  {
    file: 'server/features/catalogue/catalogue.service.ts',
    find: "if (!may('vendorStaff', action) || !(await isStaff(db, caller.email))) throw new AppError('forbidden');",
    instead: '',
  },
  {
    file: 'server/features/customer/customer-request.service.ts',
    find: "if (!staff && !partner) throw new AppError('forbidden');",
    instead: '',
  },
];

export const plantedFaults: readonly PlantedFault[] = [
  {
    name: 'a policy that lets a plain member do what administrators do',
    fault: {
      file: 'domain/permission.ts',
      find: "const managers = { owner: 'ownTeam', administrator: 'ownTeam' } as const;",
      instead: "const managers = { owner: 'ownTeam', administrator: 'ownTeam', member: 'ownTeam' } as const;",
    },
    noticedBy: 'renameTeam',
    // Both who are plain members ask at once; whoever comes second is told that the version has changed.
    report: /by (member|external) of home: forbidden was to come, and done came/,
  },
  {
    name: 'a team that is there for whoever is in none of it',
    fault: {
      file: 'server/features/team/team.policy.ts',
      find: "if (!standing) throw new AppError('notFound');",
      instead: "if (!standing) throw new AppError(teamId.endsWith('0') ? 'notFound' : 'forbidden');",
    },
    noticedBy: 'getStorage',
    report: /by somebody without a team: notFound was to come, and forbidden came/,
  },
  {
    name: 'an offer that is withdrawn by whatever partner',
    fault: {
      file: 'server/features/offer/offer.queries.ts',
      find: "if (partnerId !== undefined) query = query.where('partnerId', '=', partnerId);",
      instead: '',
    },
    noticedBy: 'cancelOffer',
    report: /by agent of another partner: notFound was to come, and done came/,
  },
  {
    name: 'a list that begins after a customer of somebody else',
    fault: {
      file: 'server/features/customer/customer.queries.ts',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the source's own text.
      find: 'where c.id = ${after} and ${isSeen(viewer, sight)}',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the source's own text.
      instead: 'where c.id = ${after}',
    },
    noticedBy: 'listCustomers',
    report: /by agent with another's query\.after is told apart from what never was/,
  },
  {
    name: 'a link of another kind that is told from one that never was',
    fault: {
      file: 'server/features/link/link-proof.ts',
      find: "if (!kinds.includes(link.kind)) throw new AppError('linkUnknown');",
      instead: "if (!kinds.includes(link.kind)) throw new AppError('linkEnded');",
    },
    noticedBy: 'disputeAcceptance',
    report: /with a link ofAnotherKind by anonymous: linkUnknown was to come, and linkEnded came/,
  },
  {
    name: 'a refusal that leaves something behind',
    fault: {
      file: 'server/features/catalogue/catalogue.service.ts',
      find: "if (!may('vendorStaff', action) || !(await isStaff(db, caller.email))) throw new AppError('forbidden');",
      instead:
        "if (!(await isStaff(db, caller.email))) { await db.updateTable('account').set({ name: 'changed' }).where('id', '=', caller.accountId).execute(); throw new AppError('forbidden'); }",
    },
    noticedBy: 'refuseOrder',
    report: /at home: what was refused changed account/,
  },
];
