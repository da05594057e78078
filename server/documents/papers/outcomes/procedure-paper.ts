import type { Consultation } from '../../../../db/queries/consultations/consultations.ts'
import { type ProcedureFile, procedureFilesOf } from '../../../../db/queries/outcomes/procedure-files.ts'
import { type ProcedureStep, procedureStepsOf } from '../../../../db/queries/outcomes/procedure-steps.ts'
import { shanghaiDay, shanghaiMinute } from '../../../rules/days.ts'
import type { Cell, TablePaper } from '../../formats/cells.ts'
import type { PaperRequest } from '../paper-request.ts'

interface KeptStep {
  step: string
  day: string
  documentNumber: string | null
  note: string | null
  files: string[]
}

/** 程序台账: each step with its day, its papers' number and its files, with what the portal itself knows of 公众参与 and 公布. */
export async function procedurePaper({ db, consultation, now }: PaperRequest): Promise<TablePaper> {
  const [steps, files] = await Promise.all([
    procedureStepsOf(db, consultation.id),
    procedureFilesOf(db, consultation.id),
  ])
  const all = [...ownSteps(consultation), ...steps.map((step) => keptStep(step, files))]
  return {
    title: '程序台账',
    facts: [consultation.title, `截至 ${shanghaiMinute(now)}，共 ${all.length} 项。`],
    columns: [
      { header: '序号', width: 6 },
      { header: '环节', width: 16 },
      { header: '日期', width: 14 },
      { header: '文号', width: 22 },
      { header: '说明', width: 50 },
      { header: '附件', width: 40 },
    ],
    rows: all
      .toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
      .map(({ step, day, documentNumber, note, files }, i): Cell[] => [
        i + 1,
        step,
        day,
        documentNumber,
        note,
        files.join('\n') || null,
      ]),
  }
}

function ownSteps({ publishedAt, opensAt, closesAt, outcomeAt }: Consultation): KeptStep[] {
  const own = { documentNumber: null, files: [] }
  const period = `${shanghaiDay(opensAt)} 至 ${shanghaiDay(closesAt)} 向社会公开征求意见（门户记录）`
  return [
    ...(publishedAt ? [{ ...own, step: '公众参与', day: shanghaiDay(opensAt), note: period }] : []),
    ...(outcomeAt
      ? [
          {
            ...own,
            step: '公众参与',
            day: shanghaiDay(outcomeAt),
            note: '公布征求意见情况和采纳情况（门户记录）',
          },
        ]
      : []),
  ]
}

function keptStep(
  { id, step, heldOn, documentNumber, note }: ProcedureStep,
  files: ProcedureFile[],
): KeptStep {
  const names = files.filter(({ stepId }) => stepId === id).map(({ name }) => name)
  return { step, day: heldOn, documentNumber, note, files: names }
}
