import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { migrate } from '../db/migrate.ts'

/** Migrates one empty file, which every test then copies. */
export default async function setUp(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'portal-sqlite-'))
  const template = join(folder, 'template.db')
  await migrate(`file:${template}`)
  project.provide('template', template)
  return () => rmSync(folder, { recursive: true, force: true })
}
