import type { Snapshot } from './snapshot.ts';

/** A statement that answers one row for each thing that breaks a rule: what it is, in the column `what`. */
interface TableRule {
  readonly rule: number;
  readonly text: string;
}

/** What the tables alone must show, whatever the record says: as many rows to read as there are teams and licences. */
const standing: readonly TableRule[] = [
  {
    rule: 1,
    text: `select licence_id || ' is in ' || count(*) || ' open holdings' as what
             from holding where taken_at is null group by licence_id having count(*) > 1`,
  },
  {
    rule: 1,
    text: `select s.id || ' of ' || s.team_id || ' has ' || count(l.*) || ' licences, not ' || s.quantity as what
             from subscription s join product p on p.id = s.product_id and p.kind = 'namedLicence'
             left join licence l on l.subscription_id = s.id
            group by s.id having count(l.*) <> s.quantity`,
  },
  {
    rule: 1,
    text: `select l.team_id || ' has ' || count(*) || ' of ' || l.product_id || ' taken, and ' || s.quantity || ' of it' as what
             from licence l
             join (select team_id, product_id, sum(quantity) as quantity from subscription group by team_id, product_id) s
               on s.team_id = l.team_id and s.product_id = l.product_id
            where l.member_id is not null group by l.team_id, l.product_id, s.quantity having count(*) > s.quantity`,
  },
  {
    rule: 1,
    text: `select l.id || ' is ' || l.state || ' with ' || coalesce(l.member_id, 'nobody') || ', its open holding with '
                  || coalesce(h.member_id, 'nobody') as what
             from licence l full join (select * from holding where taken_at is null) h on h.licence_id = l.id
            where (case when l.state = 'held' then l.member_id end) is distinct from h.member_id
               or (h.id is not null and h.given_at <> l.since)`,
  },
  {
    rule: 1,
    text: `select l.id || ' is ' || l.state || ' and names ' || coalesce(l.member_id, 'nobody') as what
             from licence l where (l.state = 'free') <> (l.member_id is null) or (l.state = 'free') <> (l.since is null)`,
  },
  {
    rule: 2,
    text: `select l.member_id || ' has ' || count(*) || ' of ' || l.product_id as what
             from licence l join subscription s on s.id = l.subscription_id and s.state = 'active'
            where l.member_id is not null group by l.member_id, l.product_id having count(*) > 1`,
  },
  {
    rule: 3,
    text: `select l.id || ' is ' || l.state || ' with ' || l.member_id || ', who is ' || coalesce(m.state, 'nobody') as what
             from licence l left join member m on m.id = l.member_id
            where l.member_id is not null
              and m.state is distinct from case l.state when 'held' then 'accepted' when 'reserved' then 'invited' end`,
  },
  {
    rule: 3,
    text: `select id || ' accepted and has no account' as what from member where state = 'accepted' and account_id is null`,
  },
  {
    rule: 4,
    text: `select l.id || ' of ' || l.team_id || ' is of the subscription ' || s.id || ' of ' || s.team_id as what
             from licence l join subscription s on s.id = l.subscription_id
            where l.team_id <> s.team_id or l.product_id <> s.product_id`,
  },
  {
    rule: 4,
    text: `select l.id || ' of ' || l.team_id || ' is with ' || m.id || ' of ' || m.team_id as what
             from licence l join member m on m.id = l.member_id where m.team_id <> l.team_id`,
  },
  {
    rule: 4,
    text: `select h.id || ' is in ' || h.team_id || ', its licence in ' || l.team_id as what
             from holding h join licence l on l.id = h.licence_id
            where h.taken_at is null and h.team_id <> l.team_id`,
  },
  {
    rule: 4,
    text: `select l.id || ' is usable: ' || l.usable || ', its subscription ' || s.state as what
             from licence l join subscription s on s.id = l.subscription_id
            where l.usable <> (s.state = 'active') or (s.state = 'terminated' and l.member_id is not null)`,
  },
  {
    rule: 6,
    text: `select offer_id || ' became ' || count(*) || ' orders' as what from "order" group by offer_id having count(*) > 1`,
  },
  {
    rule: 6,
    text: `select i.id || ' of an order that is ' || o.state || ' has ' || count(s.*) || ' subscriptions' as what
             from order_item i join "order" o on o.id = i.order_id left join subscription s on s.order_item_id = i.id
            group by i.id, o.state having count(s.*) <> case o.state when 'completed' then 1 else 0 end`,
  },
  {
    rule: 6,
    text: `select s.id || ' is not what ' || i.id || ' has ordered' as what
             from subscription s join order_item i on i.id = s.order_item_id join "order" o on o.id = i.order_id
            where s.team_id is distinct from o.team_id or s.product_id <> i.product_id or s.quantity <> i.quantity`,
  },
  {
    rule: 9,
    text: `select a.id || ' adds ' || a.bytes || ' bytes to ' || a.team_id as what
             from allotment a join subscription s on s.id = a.subscription_id
            where a.team_id <> s.team_id or a.quantity <> s.quantity or a.bytes <> a.quantity::bigint * a.bytes_each`,
  },
  {
    rule: 11,
    text: `select t.id || ' has ' || count(m.*) || ' owners' as what
             from team t left join member m on m.team_id = t.id and m.role = 'owner' and m.state <> 'removed'
            group by t.id having count(m.*) <> 1 or min(m.id) is distinct from t.owner_member_id`,
  },
  {
    rule: 11,
    text: `select id || ' is in no record' as what
             from (select id from team union all select id from customer) known
            where not exists (select from stream s where s.id = known.id and s.head > 0)`,
  },
  {
    rule: 11,
    text: `select team_id || ' has ' || count(*) || ' members with one address' as what
             from member where state <> 'removed' group by team_id, email having count(*) > 1`,
  },
  {
    rule: 11,
    text: `select team_id || ' has ' || count(*) || ' members with ' || account_id as what
             from member where state = 'accepted' group by team_id, account_id having count(*) > 1`,
  },
];

/** What the whole history must show; it grows with every change that was ever made. */
const history: readonly TableRule[] = [
  {
    rule: 1,
    text: `select licence_id || ' was given at ' || given_at || ', before it was taken at ' || before as what
             from (select licence_id, given_at, lag(taken_at) over w as before, lag(id) over w as earlier
                     from holding window w as (partition by licence_id order by given_at, coalesce(taken_at, 'infinity'))) h
            where earlier is not null and (before is null or before > given_at)`,
  },
  {
    rule: 4,
    text: `select h.id || ' of ' || h.team_id || ' is about ' || l.id || ' of ' || l.team_id || ' and '
                  || coalesce(m.id, 'nobody') || ' of ' || coalesce(m.team_id, 'no team') as what
             from holding h join licence l on l.id = h.licence_id left join member m on m.id = h.member_id
            where h.team_id <> l.team_id or m.team_id is distinct from h.team_id`,
  },
  {
    rule: 6,
    text: `select o.id || ' is completed and nobody was told' as what from "order" o
            where o.state = 'completed' and not exists (
              select from notice n where n.subject_id = o.id and n.kind = 'orderCompleted')`,
  },
  {
    rule: 6,
    text: `select n.subject_id || ' has ' || count(*) || ' notices ' || n.kind || ' to one mailbox' as what
             from notice n where n.kind = 'orderCompleted' and n.replaced_by is null
            group by n.subject_id, n.kind, n.recipient having count(*) > 1`,
  },
  {
    rule: 6,
    text: `select n.id || ' is ' || n.state || ' after ' || n.attempts || ' tries' as what
             from notice n
            where (n.state = 'accepted') <> (n.accepted_at is not null) or (n.state <> 'queued' and n.attempts = 0)`,
  },
  {
    rule: 6,
    text: `select m.notice_id || ' lies in the mailbox, and is ' || n.state as what
             from mailbox_message m join notice n on n.id = m.notice_id
            where n.recipient <> m.recipient or n.state in ('failed', 'bounced')`,
  },
  {
    rule: 6,
    text: `select 'the ' || kind || ' of ' || subject_id || ' has ' || count(*) || ' live links' as what
             from link where used_at is null and ended_at is null group by kind, subject_id having count(*) > 1`,
  },
  {
    rule: 7,
    text: `select k.key || ' of ' || k.scope || ' has the answer of revision ' || (k.response ->> 'revision')
                  || ' of ' || l.team_id || ', which is another change' as what
             from idempotency_key k join licence l on l.id = k.response -> 'licence' ->> 'id'
             left join event e on e.stream_id = l.team_id and e.number = (k.response ->> 'revision')::bigint
            where k.response ? 'revision'
              and (e.number is null or e.actor_id <> k.scope or e.data ->> 'licenceId' <> l.id)`,
  },
  {
    rule: 7,
    text: `select l.team_id || ' revision ' || (k.response ->> 'revision') || ' answers ' || count(*) || ' keys' as what
             from idempotency_key k join licence l on l.id = k.response -> 'licence' ->> 'id'
            group by l.team_id, k.response ->> 'revision' having count(*) > 1`,
  },
  {
    rule: 11,
    text: `select e.stream_id || ' has events and is no stream' as what
             from (select distinct stream_id from event) e where not exists (select from stream s where s.id = e.stream_id)`,
  },
];

/** Mails and orders that wait must have a job that will see to them. */
const waiting: readonly TableRule[] = [
  {
    rule: 6,
    text: `select n.id || ' is queued and no job will hand it over' as what from notice n
            where n.state = 'queued' and not exists (
              select from job.job j where j.name = 'notice-send' and j.data ->> 'noticeId' = n.id
                and j.state in ('created', 'retry', 'active'))`,
  },
  {
    rule: 6,
    text: `select o.id || ' is in progress and no job will process it' as what from "order" o
            where o.state = 'inProgress' and not exists (
              select from job.job j where j.name = 'order-process' and j.data ->> 'orderId' = o.id
                and j.state in ('created', 'retry', 'active'))`,
  },
];

const TOLD_OF_A_RULE = 20;

/** What the tables say against the rules; with the whole history, or only by what stands now. */
export async function checkTables(snapshot: Snapshot, { whole }: { whole: boolean }): Promise<string[]> {
  const [jobs] = await snapshot.rows<{ there: boolean }>(`select to_regclass('job.job') is not null as there`);
  const rules = [...standing, ...(whole ? history : []), ...(whole && jobs?.there ? waiting : [])];
  const faults: string[] = [];
  for (const { rule, text } of rules) {
    const rows = await snapshot.rows<{ what: string }>(`${text} limit ${TOLD_OF_A_RULE}`);
    faults.push(...rows.map(({ what }) => `rule ${rule}: ${what}`));
  }
  return faults;
}
