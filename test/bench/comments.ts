import { openDatabase } from '../../db/open.ts'
import { findConsultation } from '../../db/queries/consultations/consultations.ts'
import { submit } from '../../db/queries/submissions/submissions.ts'
import { comments } from '../../db/schema/index.ts'
import { createSeals } from '../../db/sealing/sealed.ts'
import { seedIfEmpty, seedSlug } from '../../server/seed.ts'

const together = 50

/** Fills an empty database with the seed draft and this many comments, spread over its clauses. */
export async function fill(url: string, secretKey: Buffer, count: number): Promise<void> {
  const db = await openDatabase({ url })
  const seals = createSeals(secretKey)
  const now = new Date()
  await seedIfEmpty({ db, now: () => now })
  const consultation = await findConsultation(db, seedSlug)
  if (!consultation) throw new Error('the seed is not loaded')
  const person = { name: null, showName: false, organisation: null, region: null, contact: null }
  for (let done = 0; done < count; done += together * 20) {
    await Promise.all(
      Array.from({ length: 20 }, (_, part) =>
        submit(
          db,
          seals,
          {
            ...person,
            consultationId: consultation.id,
            round: 1,
            channel: 'web',
            identity: 'individual',
            visibility: 'public',
            comments: Array.from({ length: together }, (_, i) => ({
              ...comment,
              clause: `p${(i % 23) + 1}`,
            })),
            attachments: [],
          },
          `bench-${done}-${part}`,
          now,
        ),
      ),
    )
  }
  // Judged, so that nobody searches them for personal data beside what is measured.
  await db.query.update(comments).set({ state: 'withheld' })
  await db.close()
}

const comment = {
  stance: 'amend',
  body: '建议把办理时限和责任单位写明确，并说明逾期不办的处理办法，方便群众监督。'.repeat(3),
  proposal: null,
  wording: null,
  quote: null,
}
