import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findConsultation } from '../../db/queries/consultations/consultations.ts'
import { commentToJudge } from '../../db/queries/moderation/comment-to-judge.ts'
import { decide } from '../../db/queries/moderation/decisions.ts'
import { examinationOf } from '../../db/queries/moderation/examinations.ts'
import { withdraw } from '../../db/queries/receipts/receipt-acts.ts'
import { receiptStatus } from '../../db/queries/receipts/receipts.ts'
import { type NewSubmission, submit } from '../../db/queries/submissions/submissions.ts'
import type { Receipt } from '../../db/sealing/receipt-secrets.ts'
import type { Dependencies } from '../dependencies.ts'
import type { Ruling } from '../rules/moderation/decision-form.ts'

type Fate = 'pending' | 'published' | 'withheld' | 'refused' | 'withdrawn'

interface Story {
  clause: string
  stance: string
  identity: string
  region: string
  fate: Fate
  body: string
  proposal: string | null
  wording: string | null
}

interface Data {
  comments: [string, string, string, string, Fate, string, (string | null)?, (string | null)?][]
  campaigns: {
    clause: string
    stance: string
    copies: number
    fate: Fate
    letter: string
    additions: string[]
  }[]
  surnames: string
  givenNames: string[]
}

const file = join(import.meta.dirname, '../../seeds/demonstration.json')
/** Every text says what it is, so that nobody takes it for a citizen's. */
const mark = '〔演示〕'

/**
 * Sends the demonstration comments the way citizens do, one after another since the opening, and lets a moderator
 * decide them.
 * @returns how many there are
 */
export async function addDemonstrationComments(
  deps: Dependencies,
  slug: string,
  moderatorId: string,
): Promise<number> {
  const { db, seals, now } = deps
  const consultation = await findConsultation(db, slug)
  if (!consultation) throw new Error(`there is no consultation ${slug}`)
  const data = JSON.parse(readFileSync(file, 'utf8')) as Data
  const stories = storiesOf(data)
  const step = (now().getTime() - consultation.opensAt.getTime()) / (stories.length + 1)
  const receipts: Receipt[] = []
  for (const [place, story] of stories.entries()) {
    const at = new Date(consultation.opensAt.getTime() + step * (place + 1))
    const sent = submissionOf(story, consultation.id, place, data)
    receipts.push(await submit(db, seals, sent, `demonstration-${place}`, at))
  }
  await letTheirFatesHappen(deps, receipts, stories, moderatorId)
  return stories.length
}

/** The single comments with the copies of each letter dealt in between, as they would come. */
function storiesOf({ comments, campaigns }: Data): Story[] {
  const single = comments.map(
    ([clause, stance, identity, region, fate, body, proposal = null, wording = null]) => {
      return { clause, stance, identity, region, fate, body, proposal, wording }
    },
  )
  const copies = campaigns.flatMap(({ clause, stance, copies, fate, letter, additions }) =>
    Array.from({ length: copies }, (_, i) => {
      const addition = i % 4 === 3 ? (additions[Math.floor(i / 4) % additions.length] ?? '') : ''
      const region = ['吕梁市', '长治市', '忻州市', '临汾市'][i % 4] ?? ''
      return {
        clause,
        stance,
        identity: 'individual',
        region,
        fate,
        body: letter + addition,
        proposal: null,
        wording: null,
      }
    }),
  )
  // A fixed stride through the list mixes it the same way each time.
  const all = [...single, ...copies]
  return Array.from({ length: all.length }, (_, i) => all[(i * 83) % all.length]).filter(
    (story) => story !== undefined,
  )
}

function submissionOf(story: Story, consultationId: string, place: number, data: Data): NewSubmission {
  const surname = data.surnames[(place * 7) % data.surnames.length] ?? ''
  const givenName = data.givenNames[(place * 5) % data.givenNames.length] ?? ''
  return {
    consultationId,
    round: 1,
    channel: 'web',
    identity: story.identity,
    name: place % 3 === 0 ? null : surname + givenName,
    showName: place % 12 === 1,
    organisation: ['enterprise', 'association', 'agency'].includes(story.identity) ? `${mark}某单位` : null,
    region: story.region,
    contact: null,
    visibility: story.fate === 'withheld' ? 'office' : 'public',
    comments: [
      {
        clause: story.clause,
        stance: story.stance,
        body: mark + story.body,
        proposal: story.proposal,
        wording: story.wording,
        quote: null,
      },
    ],
    attachments: [],
  }
}

async function letTheirFatesHappen(
  { db, seals, now }: Dependencies,
  receipts: Receipt[],
  stories: Story[],
  moderatorId: string,
): Promise<void> {
  for (const [place, { code }] of receipts.entries()) {
    const fate = stories[place]?.fate ?? 'pending'
    if (fate === 'pending') continue
    const [sent] = (await receiptStatus(db, seals, code))?.comments ?? []
    const comment = sent && (await commentToJudge(db, sent.publicId))
    if (!comment) throw new Error(`no comment was stored for story ${place}`)
    if (fate === 'withdrawn') await withdraw(db, comment, now())
    else {
      const seen = await examinationOf(db, seals, comment)
      const deciders = { staffId: moderatorId, agreedBy: null }
      await decide(db, seals, comment, rulingOf(fate, comment.version), seen, deciders, now())
    }
  }
}

function rulingOf(fate: 'published' | 'withheld' | 'refused', version: number): Ruling {
  return {
    admission: fate === 'refused' ? 'refused' : 'admitted',
    publication: fate === 'published' ? 'published' : 'withheld',
    reason: { published: null, withheld: 'author_asked', refused: 'off_topic' }[fate],
    note: null,
    transferred: false,
    version,
  }
}
