import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')

/** The tables of what is vouched for, and of what follows from it. */
const tables = [
  'submissions',
  'comments',
  'attachments',
  'versions',
  'originals',
  'decisions',
  'votes',
  'reopenings',
  'appeals',
  'endorsements',
  'responses',
  'answerCorrections',
  'staffRoles',
  'procedureFiles',
  'departmentReplies',
  'log',
]

/** Writes that change nothing that is vouched for, or take it away as the check expects it. */
const others: Record<string, string> = {
  'answers/answer-corrections.ts update responses': 'holds the row; what changes it is vouched for',
  'answers/handover.ts update responses':
    'who drafts it, of which nothing is vouched for before it is submitted',
  'departments/department-closing.ts update departmentReplies': 'drafts, which go to another department',
  'departments/departments.ts delete departmentReplies': 'drafts, which go with their department',
  'departments/reply-confirmation.ts update departmentReplies': 'sent back, which nobody has confirmed',
  'departments/reply-drafts.ts insert departmentReplies': 'a draft, which nobody has confirmed',
  'departments/reply-drafts.ts update departmentReplies': 'a draft, which nobody has confirmed',
  'campaigns/grouping.ts update comments': 'compared',
  'db/act.ts insert log': 'vouched for where it stands in a list',
  'campaigns/regrouping.ts update comments': 'compared',
  'campaigns/regrouping.ts update responses': 'the campaign alone',
  'comments/answered.ts update comments': 'follows from the answers, which are',
  'moderation/decisions.ts update comments':
    'vouched for where it redacts; the state follows from the decision',
  'moderation/decisions.ts insert decisions': 'vouched for in the list',
  'moderation/examinations.ts update comments': 'searched',
  'moderation/originals.ts insert originals': 'sealed; the digest of the first words is of it',
  'moderation/originals.ts delete originals': 'restored: the comment says it again',
  'points/concern-undo.ts update responses': 'the concern alone',
  'points/merging.ts update responses': 'the concern alone, and its words with a digest',
  'receipts/erasure.ts delete attachments': 'erased, with its key',
  'receipts/erasure.ts delete originals': 'erased, with its key',
  'receipts/erasure.ts update originals': 'the term alone',
  'receipts/erasure.ts update submissions': 'erased; the digest tells only that it was said',
  'receipts/erasure.ts update versions': 'erased, with its key',
  'receipts/erasure.ts update decisions': 'erased, with its key',
  'receipts/erasure.ts update votes': 'erased, with its key',
  'receipts/erasure.ts update reopenings': 'erased, with its key',
  'receipts/erasure.ts update appeals': 'erased, with its key',
  'receipts/entry-corrections.ts insert versions': 'what the comment said, which is vouched for',
  'receipts/receipt-acts.ts insert versions': 'what the comment said, which is vouched for',
  'receipts/receipt-acts.ts update comments': 'the state of an appeal follows from it',
  'receipts/receipt-acts.ts update submissions': 'the consent to show a name',
  'receipts/receipt-codes.ts update submissions': 'a new code',
  'retractions/public-comments.ts update submissions': 'the consent to show a name',
  'submissions/attachments.ts insert attachments': 'vouched for with its submission',
  'submissions/submissions.ts insert submissions': 'vouched for with its comments',
  'submissions/submissions.ts insert comments': 'vouched for in the list, the first for all',
  'moderation/reviews.ts update comments': 'the state follows from the reopening',
  'transparency/leaves.ts update submissions': 'taken up into the tree, which verify compares',
  'upkeep/anonymisation.ts delete attachments': 'erased, with its key',
  'upkeep/anonymisation.ts delete originals': 'erased, with its key',
  'upkeep/anonymisation.ts update submissions': 'erased; the digest tells only that it was said',
  'upkeep/anonymisation.ts update appeals': 'erased, with its key',
  'upkeep/unlawful-records.ts delete originals': 'the term is over',
}

test('whatever writes what is vouched for leaves a digest, or is known not to need one', () => {
  const write = new RegExp(`\\.(insert|update|delete)\\((${tables.join('|')})\\)`, 'g')
  const unmarked = globSync('db/**/*.ts', { cwd: root }).flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8')
    return [...text.matchAll(write)].flatMap(({ index, 1: verb, 2: table }) => {
      const isMarked = /attests\(\s*(must\(\s*'\w+',\s*)?tx\s*$/.test(text.slice(0, index))
      return isMarked ? [] : [`${file.replace('db/queries/', '')} ${verb} ${table}`]
    })
  })
  expect([...new Set(unmarked)].sort()).toEqual(Object.keys(others).sort())
})
