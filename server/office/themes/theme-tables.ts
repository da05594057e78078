import type { FastifyInstance } from 'fastify'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { type ThemeCell, themeCells } from '../../../db/queries/themes/theme-cells.ts'
import { type CountedTheme, themesOf } from '../../../db/queries/themes/themes.ts'
import type { Dependencies } from '../../dependencies.ts'
import { noTheme } from '../../rules/comments/reading-filters.ts'
import { stanceNames } from '../../rules/names.ts'
import { readingAddress } from '../comments/reading-address.ts'

interface ThemeTable {
  caption: string
  columns: string[]
  rows: { name: string; href: string; cells: { count: number; href: string }[]; total: number }[]
}

interface TablesPage {
  consultation: Consultation
  tables: ThemeTable[]
  /** What is under no theme. */
  rest: string
}

declare module '../../plugins/views.ts' {
  interface Views {
    'office/themes/theme-tables': TablesPage
  }
}

const unnamed = '未填写'

/** GET /office/:slug/themes/tables: how many comments that persons have put under themes are of each stance, and from where. */
export function themeTables(app: FastifyInstance, { db }: Dependencies): void {
  app.get('/themes/tables', async (request, reply) => {
    const { consultation } = request
    const { id, slug, regions } = consultation
    const [themes, cells] = await Promise.all([themesOf(db, id), themeCells(db, id)])
    const cities = [...regions.map(({ name }) => name), unnamed]
    const city = ({ region }: ThemeCell) => cities.find((name) => region.startsWith(name)) ?? unnamed
    const stances = Object.entries(stanceNames)
    return reply.page('office/themes/theme-tables', {
      consultation,
      rest: readingAddress(slug, { theme: noTheme }),
      tables: [
        tableOf(
          slug,
          themes,
          '主题与态度',
          stances.map(([key, name]) => ({
            name,
            filter: { stance: key },
            counts: counted(cells.filter(({ stance }) => stance === key)),
          })),
        ),
        tableOf(
          slug,
          themes,
          '主题与地区',
          cities.map((name) => ({
            name,
            filter: name === unnamed ? {} : { region: name },
            counts: counted(cells.filter((cell) => city(cell) === name)),
          })),
        ),
      ],
    })
  })
}

function counted(cells: readonly ThemeCell[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { themeId, count } of cells) counts.set(themeId, (counts.get(themeId) ?? 0) + count)
  return counts
}

interface Column {
  name: string
  filter: { stance?: string; region?: string }
  counts: Map<string, number>
}

function tableOf(slug: string, themes: readonly CountedTheme[], caption: string, all: Column[]): ThemeTable {
  const columns = all.filter(({ counts }) => counts.size > 0)
  return {
    caption,
    columns: columns.map(({ name }) => name),
    rows: themes.map(({ id, name }) => {
      const cells = columns.map(({ counts, filter }) => ({
        count: counts.get(id) ?? 0,
        href: readingAddress(slug, { theme: id, ...filter }),
      }))
      return {
        name,
        href: readingAddress(slug, { theme: id }),
        cells,
        total: cells.reduce((sum, { count }) => sum + count, 0),
      }
    }),
  }
}
