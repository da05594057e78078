import { randomUUID } from 'node:crypto'
import { seedSlug } from '../../server/seed.ts'
import type { Posted } from './requests.ts'
import { madeUp } from './synthetic.ts'

const clauses = 23
/** One in twenty is a copy of another. */
const share = 0.05

/** So many submissions of one comment each, as people write them. */
export function submissions(count: number, seed: number): Posted[] {
  return Array.from(madeUp(count, share, { seed }), ({ body }, place) => ({
    path: `/consultations/${seedSlug}/submissions`,
    key: randomUUID(),
    body: JSON.stringify({
      comments: [{ clause: `p${(place % clauses) + 1}`, stance: 'amend', body }],
      identity: 'individual',
      name: '张三丰',
      region: '长治市',
      contact: '邮寄',
      visibility: 'public',
    }),
  }))
}
