import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import type { Assignment } from '../../../db/queries/departments/assigned-things.ts'
import { departmentsOf } from '../../../db/queries/departments/departments.ts'
import { enterReplies } from '../../../db/queries/departments/reply-confirmation.ts'
import type { Dependencies } from '../../dependencies.ts'
import { readTable } from '../../documents/reading/read-table.ts'
import { UnreadableDocument } from '../../documents/reading/unreadable-document.ts'
import { notFound } from '../../plugins/page-error.ts'
import { actOf } from '../../plugins/roles.ts'
import { inMemory, Upload } from '../../plugins/uploads.ts'
import { packedRows, sentRows } from '../../rules/answers/packed-rows.ts'
import { outcomeNames } from '../../rules/answers/responses.ts'
import { assignedThing } from '../../rules/departments/assignments.ts'
import {
  type FilledList,
  judged,
  readFilledList,
  type UnmatchedRow,
} from '../../rules/departments/filled-list.ts'
import { letterForm } from '../../rules/departments/reply-forms.ts'
import type { TypedIn } from '../../rules/form.ts'
import type { FieldError } from '../../rules/typed.ts'
import { departmentsAddress } from './departments.ts'
import { openTexts } from './open-things.ts'

interface ListPage {
  consultation: Consultation
  department: string
  address: string
  /** What was read of a list; null before one was sent. */
  read: {
    filled: { row: number; text: string; outcomeName: string; reason: string }[]
    unmatched: UnmatchedRow[]
    blank: number
    fields: string[]
  } | null
  typed: TypedIn<typeof letterForm>
  errors: FieldError[]
}

declare module '../../plugins/views.ts' {
  interface Views {
    'office/departments/department-list': ListPage
  }
}

/** What may come with the form of a filled list. */
export const listUpload = {
  fileSize: 10 * 1024 * 1024,
  fieldSize: 1000,
  textSize: 10_000,
  fields: 10,
  files: 1,
  take: inMemory,
}

const limits = { rows: 5001, columns: 20, characters: 5_000_000 }
/** Bytes of a form that brings back what was read, each character of it nine at most. */
const largestForm = 700_000 * 9

interface OfDepartment {
  Params: { department: string }
}

/**
 * /office/:slug/departments/:department/list: the list that a unit without accounts has filled in. POST reads it and shows what
 * it says, storing nothing; POST …/list/entries keeps what was looked at, with the unit's letter.
 */
export function departmentLists(app: FastifyInstance, deps: Dependencies): void {
  const { db } = deps

  app.get<OfDepartment>('/departments/:department/list', async (request, reply) =>
    reply.page('office/departments/department-list', await listPage(deps, request)),
  )

  app.post<OfDepartment>('/departments/:department/list', async (request, reply) => {
    const page = await listPage(deps, request)
    try {
      const rows = await readTable(sentTable(request.body), limits)
      const open = await openTexts(db, thisDepartment(request))
      const list = readFilledList(rows, open)
      if (!list) throw new UnreadableDocument('表格里没有“编号”“采纳情况”“理由”各栏，请用导出的清单填写。')
      return reply.page('office/departments/department-list', { ...page, read: shownRead(list, open) })
    } catch (error) {
      if (!(error instanceof UnreadableDocument)) throw error
      const errors = [{ field: 'file', message: error.message }]
      return reply.code(422).page('office/departments/department-list', { ...page, errors })
    }
  })

  app.post<OfDepartment>(
    '/departments/:department/list/entries',
    { bodyLimit: largestForm },
    async (request, reply) => {
      const open = await openTexts(db, thisDepartment(request))
      const rows = sentRows(request.body)
      const list = judged(rows, open)
      const { typed, values, errors } = letterForm.sent(request.body)
      const changed = list.unmatched.length + list.blank > 0 || rows.length === 0
      const wrong = changed ? [...errors, moved] : errors
      if (!values || changed) return again(deps, request, reply, { list, open, typed, errors: wrong })
      const entries = list.filled.flatMap(({ key, outcome, reason }) => {
        const thing = assignedThing(key)
        return thing ? [{ ...thing, outcome, reason }] : []
      })
      await enterReplies(db, thisDepartment(request), entries, values, actOf(request, deps))
      return reply.redirect(departmentsAddress(request.consultation), 303)
    },
  )
}

const moved = { field: 'rows', message: '清单读入以后情况有变化，请重新核对下面的内容再确认' }

async function again(
  deps: Dependencies,
  request: FastifyRequest<OfDepartment>,
  reply: FastifyReply,
  shown: {
    list: FilledList
    open: ReadonlyMap<string, Assignment>
    typed: ListPage['typed']
    errors: FieldError[]
  },
): Promise<FastifyReply> {
  const { list, open, typed, errors } = shown
  const page = await listPage(deps, request)
  const read = shownRead(list, open)
  return reply.code(422).page('office/departments/department-list', { ...page, read, typed, errors })
}

/** @throws PageError 404 */
async function listPage(
  { db }: Dependencies,
  { consultation, params }: FastifyRequest<OfDepartment>,
): Promise<ListPage> {
  const departments = await departmentsOf(db, consultation.id)
  const department = departments.find(({ id }) => id === params.department)
  if (!department) throw notFound()
  return {
    consultation,
    department: department.name,
    address: `${departmentsAddress(consultation)}/${department.id}/list`,
    read: null,
    typed: letterForm.blank,
    errors: [],
  }
}

function thisDepartment({ consultation, params }: FastifyRequest<OfDepartment>) {
  return { consultationId: consultation.id, departmentId: params.department }
}

/** @throws UnreadableDocument where there is none, or one that is too large */
function sentTable(form: unknown): Buffer {
  const file: unknown = Reflect.get(Object(form), 'file')
  if (!(file instanceof Upload)) throw new UnreadableDocument('请选择填好的清单。')
  if (!file.content) throw new UnreadableDocument('文件超过 10 MB，请分成几份上传。')
  return file.content
}

/** @throws UnreadableDocument where more was read than one form holds */
function shownRead({ filled, unmatched, blank }: FilledList, open: ReadonlyMap<string, Assignment>) {
  const fields = packedRows(filled)
  if (!fields) throw new UnreadableDocument('填写的内容太多，请分成几份上传。')
  return {
    filled: filled.map(({ row, key, outcome, reason }) => ({
      ...{ row, reason, text: open.get(key)?.text ?? '' },
      outcomeName: outcomeNames[outcome],
    })),
    ...{ unmatched, blank, fields },
  }
}
