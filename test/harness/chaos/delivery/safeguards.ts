import type { Mutation } from '../mutate.ts';

/** What keeps a delivery whole, each with the change that takes it out. */
export const DELIVERY: readonly Mutation[] = [
  {
    name: 'no fence',
    file: 'src/delivery/outboxWrites.ts',
    from: 'filter: { ...seen, _id: row._id, epoch: row.epoch ?? 0 }',
    to: 'filter: { ...seen, _id: row._id }',
  },
  {
    name: 'no unique key',
    file: 'src/delivery/outboxRow.ts',
    from: "const id = [about, purpose, rev, staff ?? chat].join(':');",
    to: "const id = [about, purpose, rev, staff ?? chat, Math.random()].join(':');",
  },
  {
    name: 'no unique key of a campaign',
    file: 'src/services/campaigns/rows.ts',
    from: '_id: rowId(doc._id, day,',
    to: '_id: rowId(doc._id, day + Math.random(),',
  },
  {
    name: 'no unique key of the audience',
    file: 'src/services/campaigns/recipients.ts',
    from: 'id: phoneIndex ?? id,',
    to: 'id: (phoneIndex ?? id) + Math.random(),',
  },
  {
    name: 'no intent',
    file: 'src/delivery/outboxSend.ts',
    from: 'if (!(await writes.write(row, change.submitting(row, now() + lease)))) return undefined;',
    to: 'void [writes, lease, now];',
  },
  {
    name: 'no condition of the claim',
    file: 'src/delivery/outboxQueue.ts',
    from: 'const ours = { ...due, _id: { $in: chosen } };',
    to: 'const ours = { _id: { $in: chosen } };',
  },
  {
    name: 'no revision guard',
    file: 'src/services/campaigns/run.ts',
    from: 'updateOne({ _id, rev }, {',
    to: 'updateOne({ _id, rev: { $gte: Math.min(rev, 0) } }, {',
  },
];
