import type { Day } from '../days.ts'
import { stateNames } from '../names.ts'

/** How leaves, nodes and signatures are made. Whoever makes them otherwise one day (SM3, SM2) names it otherwise. */
export const algorithm = 'rfc9162-sha256-ed25519'

/** A submission as the tree and its sender know it. */
export interface LeafFacts {
  /** The address of its consultation. */
  consultation: string
  /** Tells it from every other, and nothing of it. */
  blind: string
  /** Of the time that it came nothing but the day is said. */
  receivedOn: Day
  /** Of all that was sent, keyed by a key of its own. */
  digest: string
}

/** A tree as it was at a moment, with what was in it. */
export interface HeadFacts {
  consultation: string
  size: number
  root: string
  at: Date
  figures: HeadFigures
  /** The end of the staff log's chain; null before its first seal. */
  log: string | null
}

/** The comments of a tree by their states, and how many of its submissions came in after closing. */
export interface HeadFigures {
  late: number
  received: number
  states: Record<string, number>
}

/** What a leaf stands for: the text that is hashed and signed. */
export function leafStatement({ consultation, blind, receivedOn, digest }: LeafFacts): string {
  return statement('leaf', { consultation, blind, received_on: receivedOn, digest })
}

/** What is signed of a tree. Fewer than five senders could tell from the figures what the others did. */
export function headStatement({ consultation, size, root, at, figures, log }: HeadFacts): string {
  return statement('head', {
    consultation,
    size,
    root,
    at: at.toISOString(),
    ...(isTold(size) ? inOrder(figures) : {}),
    log: log ?? '-',
  })
}

/** A database may give the states back in another order. */
export function inOrder({ late, received, states }: HeadFigures): Record<string, number> {
  const named = Object.keys(stateNames).map((state) => [state, states[state] ?? 0] as const)
  return { late, received, ...Object.fromEntries(named) }
}

const fewest = 5

/** Whether the figures of a tree of this size are told. */
export function isTold(size: number): boolean {
  return size >= fewest || size === 0
}

function statement(kind: 'leaf' | 'head', said: Record<string, string | number>): string {
  const lines = Object.entries({ algorithm, ...said }).map(([name, value]) => `${name}: ${value}`)
  return [`portal ${kind}`, ...lines, ''].join('\n')
}
