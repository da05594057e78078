import type { FastifyInstance } from 'fastify'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import type { Dependencies } from '../../dependencies.ts'
import { barChart, heatMap, trendChart } from '../../documents/formats/charts.ts'
import { asSvg, type Chart } from '../../documents/formats/drawing.ts'
import { notFound } from '../../plugins/page-error.ts'
import type { FigureTable } from './figure-table.ts'
import { channelsOf, crossOf, type Figures, figuresOf, trendOf } from './figure-tables.ts'

declare module '../../plugins/views.ts' {
  interface Views {
    'office/comments/figures': { consultation: Consultation } & Figures
  }
}

/**
 * GET /office/:slug/figures: the charts, a table behind each; …/:figure is an image of its own, since its inline styles are
 * none of the page's.
 */
export function figures(app: FastifyInstance, deps: Dependencies): void {
  app.get('/figures', async (request, reply) => {
    const { consultation } = request
    return reply.page('office/comments/figures', { consultation, ...(await figuresOf(deps, consultation)) })
  })

  app.get<{ Params: { figure: string } }>('/figures/:figure', async (request, reply) => {
    const svg = await asSvg(await chartOf(deps, request.consultation, request.params.figure))
    return reply.type('image/svg+xml').header('cache-control', 'no-store').send(svg)
  })
}

async function chartOf(deps: Dependencies, consultation: Consultation, figure: string): Promise<Chart> {
  switch (figure) {
    case 'trend.svg': {
      const { rows } = await trendOf(deps, consultation)
      return trendChart(
        rows.map(({ name }) => name.slice(5)),
        rows.flatMap(({ counts }) => counts),
      )
    }
    case 'identities.svg':
      return crossImage((await crossOf(deps, consultation)).identities)
    case 'regions.svg':
      return crossImage((await crossOf(deps, consultation)).regions)
    case 'channels.svg': {
      const { rows } = await channelsOf(deps, consultation)
      return barChart(
        rows.map(({ name }) => name),
        [{ name: '意见', color: '#1d4e89', values: rows.map(({ counts }) => counts[0] ?? 0) }],
      )
    }
    default:
      throw notFound()
  }
}

function crossImage({ columns, rows }: FigureTable): Chart {
  return heatMap(
    rows.map(({ name }) => name),
    columns,
    rows.map(({ counts }) => counts),
  )
}
