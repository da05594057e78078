import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Consultation } from '../../db/queries/consultations.ts'
import { barChart, heatMap, trendChart } from '../documents/charts.ts'
import { notFound } from '../plugins/page-error.ts'
import { consultationOf } from './consultation.ts'
import type { Figures, FigureTable } from './figure-tables.ts'

declare module '../plugins/views.ts' {
  interface Views {
    'office/figures': { consultation: Consultation } & Figures
  }
}

type FiguresOf = (consultation: Consultation) => Promise<Figures>

/** GET /office/:slug/figures: the charts, a table behind each. */
export function figuresPage(figuresOf: FiguresOf) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const consultation = consultationOf(request)
    return reply.page('office/figures', { consultation, ...(await figuresOf(consultation)) })
  }
}

/** GET /office/:slug/figures/:figure.svg: an image of its own, since its inline styles are none of the page's. */
export function figureImage(figuresOf: FiguresOf) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const figures = await figuresOf(consultationOf(request))
    const svg = await draw(figures, String(Reflect.get(Object(request.params), 'figure')))
    return reply.type('image/svg+xml').header('cache-control', 'no-store').send(svg)
  }
}

function draw({ trend, identities, regions, channels }: Figures, figure: string): Promise<string> {
  switch (figure) {
    case 'trend.svg':
      return trendChart(
        trend.rows.map(({ name }) => name.slice(5)),
        trend.rows.flatMap(({ counts }) => counts),
      )
    case 'identities.svg':
      return crossImage(identities)
    case 'regions.svg':
      return crossImage(regions)
    case 'channels.svg':
      return barChart(
        channels.rows.map(({ name }) => name),
        [{ name: '意见', color: '#1d4e89', values: channels.rows.map(({ counts }) => counts[0] ?? 0) }],
      )
    default:
      throw notFound()
  }
}

function crossImage({ columns, rows }: FigureTable): Promise<string> {
  return heatMap(
    rows.map(({ name }) => name),
    columns,
    rows.map(({ counts }) => counts),
  )
}
