import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import {
  type JudgedMaterial,
  judgedMaterials,
  judgeMaterial,
  versionedMaterial,
} from '../../../db/queries/outcomes/materials.ts'
import { procedureFilesOf } from '../../../db/queries/outcomes/procedure-files.ts'
import { procedureStepsOf } from '../../../db/queries/outcomes/procedure-steps.ts'
import { currentVersion } from '../../../db/queries/versions/office-versions.ts'
import { doneUnless } from '../../../db/refused.ts'
import type { Dependencies } from '../../dependencies.ts'
import { notFound } from '../../plugins/page-error.ts'
import { actOf } from '../../plugins/roles.ts'
import { shanghaiMinute } from '../../rules/days.ts'
import { nameOf } from '../../rules/names.ts'
import {
  isMaterial,
  materials as known,
  type MaterialKey,
  materialForm,
  materialKeys,
  materialStateNames,
  stepOf,
  type TypedMaterial,
} from '../../rules/outcomes/materials.ts'
import type { FieldError } from '../../rules/typed.ts'
import { mayWrite } from '../consultation.ts'
import { conflict } from '../versions/conflict.ts'
import { type Saved, savedAs } from '../versions/versioned.ts'

interface ShownMaterial {
  key: MaterialKey
  name: string
  /** Of 程序台账 or 依据; null where the portal makes them from its data. */
  files: string[] | null
  /** null while nobody has found anything. */
  found: { state: string; name: string; reason: string | null; by: string; at: string } | null
}

interface MaterialsPage {
  consultation: Consultation
  address: string
  materials: ShownMaterial[]
  states: [string, string][]
  mayWrite: boolean
  /** The one that somebody judges now. */
  editing: ShownMaterial | null
  saved: Saved | null
  typed: TypedMaterial
  errors: FieldError[]
}

declare module '../../plugins/views.ts' {
  interface Views {
    'office/outcomes/materials': MaterialsPage
  }
}

/** /office/:slug/materials, or ?material= to judge one: what of 送审材料 is there, is missing, or is not asked for, as somebody found. */
export function materials(app: FastifyInstance, deps: Dependencies): void {
  const { db } = deps

  app.get<{ Querystring: { material?: unknown } }>('/materials', async (request, reply) => {
    const { consultation, query } = request
    const page = await materialsPage(deps, request)
    const editing = page.mayWrite ? page.materials.find(({ key }) => key === query.material) : undefined
    if (!editing) return reply.page('office/outcomes/materials', page)
    const versioned = versionedMaterial(consultation.id, editing.key)
    const version = await currentVersion(db, versioned)
    const { state = '', reason = null } = editing.found ?? {}
    return reply.page('office/outcomes/materials', {
      ...page,
      editing,
      saved: savedAs(consultation, versioned, version),
      typed: materialForm.given({ state, reason, revision: version?.revision ?? 0 }),
    })
  })

  app.post<{ Params: { material: string } }>('/materials/:material', async (request, reply) => {
    const { consultation, params } = request
    if (!isMaterial(params.material)) throw notFound()
    const page = await materialsPage(deps, request)
    const editing = page.materials.find(({ key }) => key === params.material) ?? null
    const { typed, values, errors } = materialForm.sent(request.body)
    const absent = values?.state === 'attached' && editing?.files?.length === 0
    if (!values || absent) {
      const wrong = absent ? [{ field: 'state', message: noFile }] : errors
      return reply.code(422).page('office/outcomes/materials', { ...page, editing, typed, errors: wrong })
    }
    const judging = judgeMaterial(
      db,
      consultation.id,
      { ...values, material: params.material },
      actOf(request, deps),
    )
    if (!(await doneUnless('stale', judging)))
      return conflict(deps, request, reply, versionedMaterial(consultation.id, params.material), typed)
    return reply.redirect(page.address, 303)
  })
}

const noFile = '这项材料还没有文件，请先在程序台账里上传，或者认定为缺、不适用并写明理由'

async function materialsPage({ db }: Dependencies, request: FastifyRequest): Promise<MaterialsPage> {
  const { consultation } = request
  const [found, steps, files] = await Promise.all([
    judgedMaterials(db, consultation.id),
    procedureStepsOf(db, consultation.id),
    procedureFilesOf(db, consultation.id),
  ])
  const names = new Map(steps.map(({ id, step }) => [id, step]))
  const filesOf = (key: MaterialKey) => {
    const step = stepOf(key)
    if (step === null && key !== 'basis') return null
    return files.flatMap(({ name, stepId }) => ((names.get(stepId ?? '') ?? null) === step ? [name] : []))
  }
  return {
    consultation,
    address: `/office/${consultation.slug}/materials`,
    materials: materialKeys.map((key) => ({
      key,
      name: known[key].name,
      files: filesOf(key),
      found: shown(found.find(({ material }) => material === key)),
    })),
    states: Object.entries(materialStateNames),
    mayWrite: mayWrite(request),
    editing: null,
    saved: null,
    typed: materialForm.blank,
    errors: [],
  }
}

function shown(found: JudgedMaterial | undefined): ShownMaterial['found'] {
  if (!found) return null
  const { state, reason, by, judgedAt } = found
  return { state, name: nameOf(materialStateNames, state), reason, by, at: shanghaiMinute(judgedAt) }
}
