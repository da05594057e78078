import type { Waits } from './beside.ts'
import type { Ratio } from './beside-hello.ts'

type Figures = Readonly<Record<string, number>>

/** What was measured, row by row: for people, and as JSON for what compares runs. */
export class Table {
  readonly #rows: { what: string; figures: Figures }[] = []

  add(what: string, figures: Figures): void {
    this.#rows.push({ what, figures })
    process.stderr.write(`${line(what, figures)}\n`)
  }

  addRatio(what: string, { ratio, rate, hello, refused }: Ratio): void {
    this.add(what, { '× hello': ratio, 'a second': rate, hello, ...(refused > 0 ? { refused } : {}) })
  }

  addWaits(what: string, { p50, p99, longest, lost }: Waits): void {
    this.add(what, { 'ms p50': p50, 'ms p99': p99, 'ms longest': longest, ...(lost > 0 ? { lost } : {}) })
  }

  /** All of it, with what it was measured on. */
  written(about: Readonly<Record<string, string | number>>): string {
    const head = Object.entries(about).map(([name, value]) => `${name} ${value}`)
    const lines = this.#rows.map(({ what, figures }) => line(what, figures))
    const json = JSON.stringify({ about, rows: this.#rows })
    return `${head.join(', ')}\n${lines.join('\n')}\n${json}\n`
  }
}

function line(what: string, figures: Figures): string {
  const said = Object.entries(figures).map(([name, value]) => `${short(value).padStart(8)} ${name}`)
  return `${what.padEnd(44)}${said.join('  ')}`
}

function short(value: number): string {
  return Math.abs(value) < 10 ? value.toFixed(3) : value.toFixed(0)
}
