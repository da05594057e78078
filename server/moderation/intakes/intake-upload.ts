import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import type { RoundWithUnits } from '../../../db/queries/drafts/rounds.ts'
import type { ListedLetter } from '../../../db/queries/intakes/intake-letters.ts'
import { readTable } from '../../documents/reading/read-table.ts'
import { UnreadableDocument } from '../../documents/reading/unreadable-document.ts'
import { Upload } from '../../plugins/uploads.ts'
import { shanghaiDay } from '../../rules/days.ts'
import type { RowError } from '../../rules/intakes/intake-letter.ts'
import { readIntakeList } from '../../rules/intakes/intake-list.ts'
import { indexClauses } from '../../rules/intakes/intake-values.ts'
import { isUnstorable } from '../../rules/typed.ts'
import { nameClauses } from '../../text/words/clause-names.ts'
import { rulesOf, submissionOf } from './intake-consultation.ts'

/** A table of 5,000 letters of a page each is under 20 MB as .xlsx. */
export const largestTable = 20 * 1024 * 1024
const limits = { rows: 5001, columns: 40, characters: 20_000_000 }

interface SentList {
  fileName: string | null
  letters: ListedLetter[]
  errors: RowError[]
}

/**
 * Reads the table of a form, and everything that is wrong with it by row.
 * @throws UnreadableDocument with a sentence that says what to do
 */
export async function readSentList(
  form: unknown,
  consultation: Consultation,
  round: Pick<RoundWithUnits, 'number' | 'units'>,
  now: Date,
): Promise<SentList> {
  const file: unknown = Reflect.get(Object(form), 'file')
  if (!(file instanceof Upload)) throw new UnreadableDocument('请选择要上传的表格。')
  if (!file.content) throw new UnreadableDocument('文件超过 20 MB，请分成几份上传。')
  const { entries, errors, unknown } = readIntakeList(await readTable(file.content, limits), {
    ...rulesOf(consultation, round),
    index: indexClauses(round.units, nameClauses(round.units)),
    today: shanghaiDay(now),
  })
  const unread = unknown.map((name) => ({
    row: 1,
    message: `“${name}”这一列不认得，请删去，或者改成模板的列名`,
  }))
  return {
    fileName: isUnstorable(file.name) ? null : file.name,
    letters: entries.map(({ intake: { channel, ...intake }, submission, rows }) => ({
      submission: submissionOf(consultation, round, submission, channel),
      intake,
      rows,
    })),
    errors: [...unread, ...errors],
  }
}
