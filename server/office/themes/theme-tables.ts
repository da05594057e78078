import type { FastifyInstance } from 'fastify'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { type ThemeCell, themeCells } from '../../../db/queries/themes/theme-cells.ts'
import { type CountedTheme, themesOf } from '../../../db/queries/themes/themes.ts'
import type { Dependencies } from '../../dependencies.ts'
import { admitted, noTheme } from '../../rules/comments/reading-filters.ts'
import { countedRegion, countedRegions } from '../../rules/consultations/counted-regions.ts'
import type { Region } from '../../rules/consultations/regions.ts'
import { nameOf, stanceNames } from '../../rules/names.ts'
import { type Counted, type FigureTable, partedTable } from '../comments/figure-table.ts'
import { readingAddress } from '../comments/reading-address.ts'

interface TablesPage {
  consultation: Consultation
  tables: FigureTable[]
  /** What is under no theme. */
  rest: string
}

declare module '../../plugins/views.ts' {
  interface Views {
    'office/themes/theme-tables': TablesPage
  }
}

/** GET /office/:slug/themes/tables: how many comments that persons have put under themes are of each stance, and from where. */
export function themeTables(app: FastifyInstance, { db }: Dependencies): void {
  app.get('/themes/tables', async (request, reply) => {
    const { consultation } = request
    const { id, slug, regions } = consultation
    const [themes, cells] = await Promise.all([themesOf(db, id), themeCells(db, id)])
    const rows = themes.map(({ id, name }) => ({ name, filter: { theme: id } }))
    const table = (title: string, columns: Counted[], of: (cell: ThemeCell) => string): FigureTable => {
      const counted = (theme: string, name: string) =>
        cells.reduce((sum, cell) => sum + (cell.themeId === theme && of(cell) === name ? cell.count : 0), 0)
      const counts = themes.map(({ id }) => columns.map(({ name }) => counted(id, name)))
      return linkedNames(
        slug,
        themes,
        partedTable(slug, { title, rows, columns, counts }, { all: { state: admitted }, isTwice: true }),
      )
    }
    return reply.page('office/themes/theme-tables', {
      consultation,
      rest: readingAddress(slug, { theme: noTheme }),
      tables: [
        table('主题与态度', stancesIn(cells), ({ stance }) => nameOf(stanceNames, stance)),
        table('主题与地区', placesIn(regions, cells), ({ region }) => countedRegion(regions, region).name),
      ],
    })
  })
}

function stancesIn(cells: readonly ThemeCell[]): Counted[] {
  return Object.entries(stanceNames)
    .filter(([key]) => cells.some(({ stance }) => stance === key))
    .map(([key, name]) => ({ name, filter: { stance: key } }))
}

function placesIn(regions: Region[], cells: readonly ThemeCell[]): Counted[] {
  return countedRegions(
    regions,
    cells.map(({ region }) => region),
  ).map(({ name, filter }) => ({ name, filter: { region: filter } }))
}

/** Each theme's name leads to what is under it. */
function linkedNames(slug: string, themes: readonly CountedTheme[], table: FigureTable): FigureTable {
  return {
    ...table,
    rows: table.rows.map((row, place) => ({
      ...row,
      href: readingAddress(slug, { theme: themes[place]?.id ?? null }),
    })),
  }
}
