import type { EChartsCoreOption } from 'echarts'

/** A chart that is not drawn yet. Width and height in pixels. */
export interface Chart {
  width: number
  height: number
  option: EChartsCoreOption
}

/** Chinese needs a Chinese font: the reader's in an SVG document, this machine's in a picture. */
export const font = 'Noto Sans CJK SC, PingFang SC, Microsoft YaHei, sans-serif'

const still: EChartsCoreOption = { animation: false, textStyle: { fontFamily: font } }

/** As an SVG document. */
export async function asSvg({ width, height, option }: Chart): Promise<string> {
  const { echarts } = await pens()
  const drawn = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height })
  try {
    drawn.setOption({ ...still, ...option })
    return drawn.renderToSVGString()
  } finally {
    drawn.dispose()
  }
}

/** As a PNG of `width` pixels, for papers. It is packed beside the event loop. */
export async function asPicture(
  { option, ...size }: Chart,
  width: number,
): Promise<{ data: Buffer; width: number; height: number }> {
  const { echarts, createCanvas } = await pens()
  const devicePixelRatio = width / size.width
  const height = Math.round(size.height * devicePixelRatio)
  const canvas = createCanvas(width, height)
  const drawn = echarts.init(canvas, null, { ...size, devicePixelRatio })
  try {
    drawn.setOption({ ...still, backgroundColor: '#ffffff', ...option })
    return { data: await canvas.encode('png'), width, height }
  } finally {
    drawn.dispose()
  }
}

/** The packages take a while to load, so only whoever draws loads them. */
async function pens() {
  const [echarts, { createCanvas }] = await Promise.all([
    import('echarts/dist/echarts.esm.min'),
    import('@napi-rs/canvas'),
  ])
  echarts.setPlatformAPI({ createCanvas: () => createCanvas(32, 32) })
  return { echarts, createCanvas }
}
