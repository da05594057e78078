import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import type { Files } from './papers/read-back.ts'

export const hasLibreOffice = spawnSync('soffice', ['--version']).status === 0

/**
 * What LibreOffice makes of files when it opens each and saves it in another format, by the names of the files. It starts
 * once for all of them.
 * @param folder where it works; it starts sooner where it has worked before
 * @throws Error where it does not open one of them
 */
export function convert(files: Files, format: string, folder: string): Files {
  const named = [...files.keys()].map((name) => ({ name, stem: join(folder, name.replaceAll('.', '-')) }))
  const paths = named.map(({ name, stem }) => `${stem}${extname(name)}`)
  for (const [i, content] of [...files.values()].entries()) writeFileSync(paths[i] ?? '', content)
  const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`
  const options = [profile, '--headless', '--convert-to', format, '--outdir', folder]
  execFileSync('soffice', [...options, ...paths], { stdio: 'ignore', timeout: 60_000 })
  return new Map(named.map(({ name, stem }) => [name, readFileSync(`${stem}.${format}`)]))
}
