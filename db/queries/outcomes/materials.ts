import { eq } from 'drizzle-orm'
import type { MaterialKey } from '../../../server/rules/outcomes/materials.ts'
import { type Act, logAct } from '../../act.ts'
import type { Database } from '../../database.ts'
import { materials, staff } from '../../schema/index.ts'
import { keepVersion, type Versioned } from '../versions/office-versions.ts'

/** What was found of a material, by whom and when. */
export interface JudgedMaterial {
  material: string
  state: string
  reason: string | null
  by: string
  judgedAt: Date
}

/** Of the materials of 送审材料, those of which somebody has found something. */
export function judgedMaterials(db: Database, consultationId: string): Promise<JudgedMaterial[]> {
  const { material, state, reason, judgedAt } = materials
  return db.query
    .select({ material, state, reason, by: staff.name, judgedAt })
    .from(materials)
    .innerJoin(staff, eq(staff.id, materials.staffId))
    .where(eq(materials.consultationId, consultationId))
}

/**
 * Keeps what somebody finds of a material.
 * @param found with the revision that is changed, 0 where nothing was found before
 * @throws Refused where somebody else has found something since
 */
export async function judgeMaterial(
  db: Database,
  consultationId: string,
  {
    material,
    revision,
    state,
    reason,
  }: { material: MaterialKey; revision: number } & Pick<JudgedMaterial, 'state' | 'reason'>,
  act: Act,
): Promise<void> {
  const found = { state, reason, staffId: act.staffId, judgedAt: act.now }
  const said = { state, reason }
  await db.atomically((tx) => [
    tx
      .insert(materials)
      .values({ consultationId, material, ...found })
      .onConflictDoUpdate({ target: [materials.consultationId, materials.material], set: found }),
    ...keepVersion(tx, versionedMaterial(consultationId, material), { opened: revision, said }, act),
    logAct(tx, act, 'material.judge', material, { state, revision: revision + 1 }),
  ])
}

export function versionedMaterial(consultationId: string, row: MaterialKey): Versioned {
  return { consultationId, kind: 'material', row }
}
