import { Readable } from 'node:stream'
import { type ProcedureFile, procedureFilesOf } from '../../../../db/queries/outcomes/procedure-files.ts'
import { procedureStepsOf } from '../../../../db/queries/outcomes/procedure-steps.ts'
import { FileStore } from '../../files/file-store.ts'
import type { TablePaper } from '../../formats/cells.ts'
import { tableFormats } from '../../formats/table-paper.ts'
import { type Part, zipOfFiles } from '../../formats/zip-of-files.ts'
import { changesPaper } from '../changes-paper.ts'
import { groupedSummary } from '../comments/grouped-summary.ts'
import { manifestOf } from '../manifest.ts'
import { type PaperRequest, PaperUnavailable } from '../paper-request.ts'
import { unitsPaper } from '../units-paper.ts'
import { wordingsDocx } from '../wordings-docx.ts'
import { adoptionPaper } from './adoption-paper.ts'
import { contentsPaper } from './dossier-contents.ts'
import { explanationPaper } from './explanation-paper.ts'
import { findingsPaper } from './findings-paper.ts'
import { procedurePaper } from './procedure-paper.ts'
import { reportPaper } from './report-paper.ts'
import { submittedDraft } from './submitted-draft.ts'

const word = (name: string, paper: (request: PaperRequest) => Promise<TablePaper>): Part => ({
  name: `${name}.docx`,
  make: tableFormats(paper).docx,
})
const whole = (name: string, make: (request: PaperRequest) => Promise<Buffer>): Part => ({
  name: `${name}.docx`,
  make: async (request) => Readable.from([await make(request)], { objectMode: false }),
})

/** The papers that are made from the data, in the folders in which 国务院令第713号 arts. 26 and 29 ask for them. */
const made: Part[] = [
  whole('1 草案/决策草案', submittedDraft),
  whole('1 草案/修改对照表', wordingsDocx),
  word('1 草案/修改依据表', changesPaper),
  whole('2 起草说明/起草说明', explanationPaper),
  word('3 部门意见/部门意见汇总表', unitsPaper),
  whole('4 公众意见/公开征求意见情况说明', reportPaper),
  word('4 公众意见/意见采纳情况表', adoptionPaper),
  { name: '4 公众意见/意见汇总表.docx', make: groupedSummary },
  word('5 程序台账/程序台账', procedurePaper),
  word('5 程序台账/审查意见处理情况表', findingsPaper),
]

/**
 * 送审材料: what goes up for 合法性审查 and 集体讨论 as one folder: draft, explanation, units' and public's opinions, 程序台账
 * with each step's files, and the 依据; on top its table of contents, which says what is missing.
 */
export async function writeDossier(request: PaperRequest): Promise<Readable> {
  const { db, consultation } = request
  const [steps, files] = await Promise.all([
    procedureStepsOf(db, consultation.id),
    procedureFilesOf(db, consultation.id),
  ])
  const numbers = new Map(steps.map(({ id, step }, i) => [id, `${i + 1} ${step}`]))
  const uploaded = files.map((file, i): Part => {
    const step = file.stepId === null ? null : (numbers.get(file.stepId) ?? '其他')
    const folder = step === null ? '6 依据' : `5 程序台账/${step}`
    return { name: `${folder}/${distinctName(file, files.slice(0, i))}`, make: fileOf(file) }
  })
  return zipOfFiles(request, [...made, ...uploaded], async (packed) => {
    const manifest = await manifestOf(request, packed)
    return [
      { name: '材料目录.docx', data: await contentsPaper(request, packed) },
      { name: 'manifest.json', data: Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`) },
    ]
  })
}

function fileOf({ id, name }: ProcedureFile): Part['make'] {
  return async ({ dataDir }) => {
    const content = await new FileStore(dataDir, 'procedure').read(id)
    if (!content) throw new PaperUnavailable(`“${name}”的文件不见了，请重新上传。`)
    return content
  }
}

/** Two files of one step may have one name; in a folder they may not. */
function distinctName(file: ProcedureFile, earlier: ProcedureFile[]): string {
  const same = earlier.filter(({ stepId, name }) => stepId === file.stepId && name === file.name).length
  if (same === 0) return file.name
  const dot = file.name.lastIndexOf('.')
  const at = dot > 0 ? dot : file.name.length
  return `${file.name.slice(0, at)}（${same + 1}）${file.name.slice(at)}`
}
