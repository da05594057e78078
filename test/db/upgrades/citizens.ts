import { endorsementStatus, withdrawEndorsement } from '../../../db/queries/comments/endorsements.ts'
import { appeal, reviseComment } from '../../../db/queries/receipts/receipt-acts.ts'
import { type NewSubmission, submit } from '../../../db/queries/submissions/submissions.ts'
import { FileStore } from '../../../server/documents/files/file-store.ts'
import { commentsIn, type Filling, first } from './filling.ts'

/** What citizens do besides the demonstration's comments: revise, appeal, take back, and send files as an organisation. */
export async function actAsCitizens(filling: Filling): Promise<void> {
  const { deps, receipts } = filling
  const { db, seals, now } = deps
  const waiting = first(await commentsIn(filling, 'pending'))
  await reviseComment(db, waiting, { ...waiting, body: `${waiting.body}（修改后）` }, now())
  await appeal(db, first(await commentsIn(filling, 'refused')), '我的意见针对本条，请再看一次。', now())
  const endorsement = await endorsementStatus(db, seals, receipts.at(-1)?.code ?? '')
  if (!endorsement) throw new Error('the last receipt is not an endorsement')
  await withdrawEndorsement(db, endorsement, now())
  receipts.push(await submit(db, seals, await letterOfAnOrganisation(filling), 'organisation', now()))
}

async function letterOfAnOrganisation({ deps, consultation }: Filling): Promise<NewSubmission> {
  const id = 'attachment-of-an-organisation'
  const content = Buffer.from('%PDF-1.7\n1 0 obj << >> endobj\ntrailer << >>\n%%EOF\n')
  const measures = await new FileStore(deps.config.dataDir, 'attachments').write(content, id)
  return {
    ...aSubmission(consultation.id, '〔演示〕我单位建议写明补贴标准，联系电话13800138000。'),
    identity: 'enterprise',
    organisation: '〔演示〕某农业合作社',
    contact: '13800138000',
    attachments: [{ id, name: '单位函.pdf', type: 'pdf', ...measures }],
  }
}

/** One person's comment, with every part that a comment can have. */
export function aSubmission(consultationId: string, body: string): NewSubmission {
  return {
    consultationId,
    round: 1,
    channel: 'web',
    identity: 'individual',
    name: '李某某',
    showName: true,
    organisation: null,
    region: '长治市',
    contact: null,
    visibility: 'public',
    comments: [
      {
        clause: 'p3',
        stance: 'amend',
        body,
        proposal: 'amend',
        wording: '〔演示〕每年安排专项补助',
        quote: { prefix: '', exact: '支持', suffix: '', start: 0, end: 2 },
      },
    ],
    attachments: [],
  }
}
