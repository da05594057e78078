import { type Chart, font } from './drawing.ts'

interface Series {
  name: string
  color: string
  values: number[]
}

const ink = '#2b2a27'
const width = 760

/** Stacked horizontal bars, one for each label from the top, with the sum behind each. */
export function barChart(labels: string[], series: Series[]): Chart {
  const sums = labels.map((_, i) => series.reduce((sum, { values }) => sum + (values[i] ?? 0), 0))
  return {
    width,
    height: 90 + labels.length * 28,
    option: {
      legend: { top: 8, textStyle: { color: ink, fontFamily: font } },
      grid: { top: 44, left: 8, right: 60, bottom: 8, containLabel: true },
      xAxis: { type: 'value', minInterval: 1, axisLabel: { color: ink } },
      yAxis: {
        type: 'category',
        data: labels,
        inverse: true,
        axisLabel: { color: ink, fontFamily: font, interval: 0, width: 220, overflow: 'break' },
      },
      series: series.map(({ name, color, values }, place) => ({
        name,
        type: 'bar',
        stack: 'all',
        data: values,
        itemStyle: { color, decal: decals[place % decals.length] },
        ...(place === series.length - 1 && {
          label: {
            show: true,
            position: 'right',
            color: ink,
            formatter: ({ dataIndex }: { dataIndex: number }) => String(sums[dataIndex]),
          },
        }),
      })),
    },
  }
}

/** How many on each day, as bars. */
export function trendChart(days: string[], counts: number[]): Chart {
  return {
    width,
    height: 240,
    option: {
      grid: { top: 16, left: 8, right: 16, bottom: 8, containLabel: true },
      xAxis: { type: 'category', data: days, axisLabel: { color: ink } },
      yAxis: { type: 'value', minInterval: 1, axisLabel: { color: ink } },
      series: [{ type: 'bar', data: counts, itemStyle: { color: '#1d4e89' }, barMaxWidth: 28 }],
    },
  }
}

/** How many where two things meet: `counts[row][column]`. */
export function heatMap(rows: string[], columns: string[], counts: number[][]): Chart {
  const most = Math.max(1, ...counts.flat())
  const cells = counts.flatMap((line, y) =>
    line.map((count, x) => ({ value: [x, y, count], label: { color: count > most * 0.65 ? '#fff' : ink } })),
  )
  return {
    width,
    height: 80 + rows.length * 26,
    option: {
      grid: { top: 8, left: 8, right: 16, bottom: 8, containLabel: true },
      xAxis: {
        type: 'category',
        data: columns,
        position: 'top',
        axisLabel: { color: ink, fontFamily: font, interval: 0, rotate: columns.length > 7 ? 45 : 0 },
      },
      yAxis: {
        type: 'category',
        data: rows,
        inverse: true,
        axisLabel: { color: ink, fontFamily: font, interval: 0 },
      },
      visualMap: { show: false, min: 0, max: most, inRange: { color: ['#fbf7ef', '#1d4e89'] } },
      series: [
        {
          type: 'heatmap',
          data: cells,
          label: { show: true },
        },
      ],
    },
  }
}

/** Patterns beside the colours, so that the bars are told apart without them. */
const decals = [
  undefined,
  {
    symbol: 'rect',
    dashArrayX: [1, 0],
    dashArrayY: [2, 5],
    rotation: Math.PI / 4,
    color: 'rgba(255,255,255,.5)',
  },
  {
    symbol: 'circle',
    dashArrayX: [6, 6],
    dashArrayY: [6, 6],
    symbolSize: 0.6,
    color: 'rgba(255,255,255,.6)',
  },
  { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [1, 4], color: 'rgba(255,255,255,.5)' },
]
