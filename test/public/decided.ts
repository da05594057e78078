import { eq } from 'drizzle-orm'
import { addToCounts } from '../../db/queries/comments/comment-counts.ts'
import { raiseRevision } from '../../db/queries/consultations/consultations.ts'
import { comments } from '../../db/schema/index.ts'
import { remember } from '../../db/search.ts'
import { shanghaiDay } from '../../server/rules/days.ts'
import type { TestPortal } from '../build.ts'
import { openForm, sendForm } from './forms.ts'

export const submissionsAddress = '/consultations/shanxi-laoqu/submissions'

/** Sends one comment on a clause as a citizen does, and gives the receipt's code. */
export async function submitComment(
  portal: TestPortal,
  clause: string,
  body: string,
  fields: Record<string, string> = {},
): Promise<string> {
  const sent = await sendForm(portal.app, submissionsAddress, {
    ...(await openForm(portal.app, clause)),
    'comments[0][stance]': 'support',
    'comments[0][body]': body,
    ...fields,
  })
  const code = /<output id="receipt-code">([^<]+)</.exec(sent.body)?.[1]
  if (!code) throw new Error(`no receipt: ${sent.statusCode}`)
  return code
}

/** Puts the comment with this body into a state, as a decision does; answers its public id. */
export async function decided(
  { db, clock }: TestPortal,
  body: string,
  state: 'published' | 'withheld' | 'refused',
): Promise<string> {
  const [comment] = await db.query.select().from(comments).where(eq(comments.body, body))
  if (!comment) throw new Error(`no comment says ${body}`)
  const { id, publicId, number, consultationId, clause, stance } = comment
  const cell = { consultationId, clause, stance }
  await db.atomically((tx) => [
    tx
      .update(comments)
      .set({ state, publishedAt: clock.now, publishedDay: shanghaiDay(clock.now) })
      .where(eq(comments.id, id)),
    ...addToCounts(tx, [
      { cell: { ...cell, state: comment.state }, by: -1 },
      { cell: { ...cell, state }, by: 1 },
    ]),
    ...(state === 'published' ? remember(tx, 'public', number, `${body} ${comment.wording ?? ''}`) : []),
    raiseRevision(tx, consultationId),
  ])
  return publicId
}
