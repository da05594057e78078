import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { namedInRooms, rowsUnder } from './contributing.ts'
import { everyRoute, type Route } from './every-route.ts'

/** Something that does not go by the map: an address or a file, and the file in which it stands or is tried instead. */
interface Difference {
  what: string
  where: string | null
}

const root = join(import.meta.dirname, '..')
const nouns = rowsUnder('The nouns').map(([noun = '']) => noun)
const listed = rowsUnder('Names that differ').flatMap(([whats = '', where = '']) =>
  whats.split(', ').map((what) => ({ what, where })),
)
const prefixes = { moderation: '/moderation', office: '/office', admin: '/admin', account: '/staff' }
const workspaces = `{public,${Object.keys(prefixes).join()}}`
let routes: Route[]

beforeAll(async () => {
  routes = await everyRoute()
})

describe('as CONTRIBUTING.md says it, or lists it as a difference:', () => {
  test('the address of every route names the file that registers it, in a room of its workspace', () => {
    expect(misnamedRoutes().filter(isUnlisted)).toEqual([])
  })

  test('every page has the name of the file that declares it, and stands in the same room of views/', () => {
    expect(misnamedPages().filter(isUnlisted)).toEqual([])
  })

  test('every file that registers a route is tried by a test of its name, in the same room of test/', () => {
    expect(untriedFiles().filter(isUnlisted)).toEqual([])
  })

  test('nothing is listed that is not so', () => {
    const differences = [...misnamedRoutes(), ...misnamedPages(), ...untriedFiles()]
    const isNeeded = (row: Difference) => differences.some((one) => matches(row, one))
    expect(listed.filter((row) => !isNeeded(row) || !isThere(row.where))).toEqual([])
  })
})

test('every layer has the rooms that CONTRIBUTING.md names', () => {
  const layers = [`{server,views,test}/${workspaces}/*/`, '{server,test}/rules/*/', 'db/{queries,schema}/*/']
  const rooms = globSync(layers, { cwd: root })
  expect(rooms.filter((room) => !nouns.includes(basename(room)))).toEqual([])
})

test('every room has the pages and the queries that CONTRIBUTING.md names, and no other page', () => {
  const { pages, queries } = namedInRooms()
  const files = routes
    .map(({ file }) => file)
    .filter((file) => dirname(file).split('/').length > 1 && !file.startsWith('server/plugins/'))
  expect(pages.sort()).toEqual([...new Set(files)].sort())
  expect(queries.filter((file) => !isThere(file))).toEqual([])
  expect(nouns.filter((noun) => queries.every((file) => !file.startsWith(`db/queries/${noun}`)))).toEqual([])
})

function misnamedRoutes(): Difference[] {
  return routes.flatMap(({ url, file }) => {
    const [workspace = 'public', prefix = ''] =
      Object.entries(prefixes).find(([, start]) => `${url}/`.startsWith(`${start}/`)) ?? []
    const names = namesIn(url.slice(prefix.length))
    const isNamed = stemsOf(file).some((stem) => names.includes(stem))
    const rooms = ['', ...nouns.map((noun) => `/${noun}`)].map((room) => `server/${workspace}${room}`)
    return isNamed && rooms.includes(dirname(file)) ? [] : [{ what: url, where: file }]
  })
}

/** The names that an address gives a file: each of its nouns, alone or behind the one before it. */
function namesIn(path: string): string[] {
  const parts = path.split('/').filter((part) => part !== '')
  if (parts.length === 0) return ['home']
  const said = parts.filter((part) => !part.startsWith(':')).map((part) => part.split('.', 1)[0] ?? '')
  return said.flatMap((noun, place) => {
    const [before] = place > 0 ? inBothNumbers(said[place - 1] ?? '') : []
    return inBothNumbers(noun).flatMap((name) => (before ? [name, `${before}-${name}`] : [name]))
  })
}

/** A file with several pages names each after itself. Fragments are only looked for in their room. */
function misnamedPages(): Difference[] {
  const declared = declaredPages()
  const misnamed = declared.filter(({ file, page }) => {
    const name = basename(page)
    const pages = declared.filter((one) => one.file === file && !basename(one.page).startsWith('_'))
    const isNamed = stemsOf(file).some(
      (stem) => name === stem || (pages.length > 1 && name.startsWith(`${stem}-`)),
    )
    const isInRoom = dirname(page) === dirname(file).replace('server/', '') && isThere(`views/${page}.eta`)
    return !isInRoom || !(isNamed || name.startsWith('_'))
  })
  const views = globSync(`views/${workspaces}/**/[!_]*.eta`, { cwd: root })
  const undeclared = views.filter((view) => declared.every(({ page }) => view !== `views/${page}.eta`))
  return [
    ...misnamed.map(({ file, page }) => ({ what: `views/${page}.eta`, where: file })),
    ...undeclared.map((what) => ({ what, where: null })),
  ]
}

/** Every page of `interface Views`, by the file that declares it. */
function declaredPages(): { file: string; page: string }[] {
  return globSync(`server/${workspaces}/**/*.ts`, { cwd: root }).flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/^ {4}'([\w/-]+)': /gm)].map(([, page = '']) => ({
      file,
      page,
    })),
  )
}

function untriedFiles(): Difference[] {
  return [...new Set(routes.map(({ file }) => file))].flatMap((file) => {
    const room = dirname(file).replace('server', 'test')
    const nounBefore = basename(file, '.ts').split('-')[0] ?? ''
    const names = [...stemsOf(file), ...inBothNumbers(nounBefore)]
    const isTried = names.some((name) => isThere(`${room}/${name}.test.ts`))
    return isTried ? [] : [{ what: file, where: null }]
  })
}

/** What a file is named after, in both numbers: all of its name, and what stands before -form, -files or -acts. */
function stemsOf(file: string): string[] {
  const name = basename(file, '.ts')
  return [name, name.replace(/-(form|files|acts)$/, '')].flatMap(inBothNumbers)
}

/** The singular first. */
function inBothNumbers(noun: string): string[] {
  const one = noun.replace(/(?<!s)s$/, '')
  return [one, `${one}s`]
}

function isUnlisted(difference: Difference): boolean {
  return !listed.some((row) => matches(row, difference))
}

/** A row for an address counts for what is below it too. */
function matches(row: Difference, { what, where }: Difference): boolean {
  const isMeant = what === row.what || what.startsWith(`${row.what}/`)
  return isMeant && (where === null || where === row.where)
}

function isThere(path: string | null): boolean {
  return path !== null && existsSync(join(root, path))
}
