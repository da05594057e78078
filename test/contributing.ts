import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const text = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8')

/** The files that the list of rooms names. A page stands in its noun's room, or where its workspace needs none in itself. */
export function namedInRooms(): { pages: string[]; queries: string[] } {
  const files = sectionUnder('The rooms')
    .split('\n- **')
    .slice(1)
    .flatMap((entry) => {
      const [noun = ''] = entry.split('**', 1)
      return entry
        .split('\n  - ')
        .slice(1)
        .flatMap((line) => {
          const [place = ''] = line.split(':', 1)
          const names = [...line.matchAll(/`([a-z-]+)`/g)].map(([, name = '']) => name)
          return names.map((name) => {
            const [folder, room] = place === 'queries' ? ['db/queries', noun] : [`server/${place}`, noun]
            const inRoom = `${folder}/${room}/${name}.ts`
            return existsSync(join(root, inRoom)) ? inRoom : `${folder}/${name}.ts`
          })
        })
    })
  return {
    pages: files.filter((file) => file.startsWith('server/')),
    queries: files.filter((file) => file.startsWith('db/')),
  }
}

/** The cells of a table of CONTRIBUTING.md, without their backticks, a row each. */
export function rowsUnder(heading: string): string[][] {
  const rows = sectionUnder(heading)
    .split('\n')
    .filter((line) => line.startsWith('| '))
  return rows.slice(2).map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.replaceAll('`', '').trim()),
  )
}

function sectionUnder(heading: string): string {
  return text.split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? ''
}
