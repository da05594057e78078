import { expect } from 'vitest'
import type { TestPortal } from '../build.ts'
import { submissionsAddress } from './decided.ts'

/**
 * Somebody who sees all that is public guesses which comments are one person's: that any two are that stand or appear one
 * after the other. People send one to six comments each, so that on average 3 or 4 guesses of all are right by chance,
 * however many people there are, and more than 16 in one of a million of such tests.
 */
export const bound = 16

export const clauses = Array.from({ length: 20 }, (_, i) => `p${i + 1}`)

const atOnce = 20

/** Whose each comment is, by what it says. */
export type Authors = Map<string, number>

/** Has these many people send their comments, 20 of them at once. */
export async function sentBy(portal: TestPortal, people: number): Promise<Authors> {
  const authors: Authors = new Map()
  for (let person = 0; person < people; person += atOnce) {
    await Promise.all(Array.from({ length: atOnce }, (_, i) => send(portal, person + i, authors)))
  }
  return authors
}

/** One to six comments, each on a clause that says nothing of its author. */
async function send(portal: TestPortal, person: number, authors: Authors): Promise<void> {
  portal.clock.now = new Date(portal.clock.now.getTime() + 7)
  const said = Array.from({ length: 1 + (person % 6) }, (_, i) => {
    const body = `意见${inLetters(crypto.randomUUID())}。`
    authors.set(body, person)
    return { clause: clauses[(person * 7 + i * 3) % clauses.length], stance: 'amend', body }
  })
  const sent = await portal.app.inject({
    method: 'POST',
    url: submissionsAddress,
    headers: { 'idempotency-key': crypto.randomUUID() },
    payload: { comments: said },
  })
  expect(sent.statusCode).toBe(201)
}

/** Without digits, which could be somebody's telephone number. */
function inLetters(text: string): string {
  return text.replace(/\d/g, (digit) => 'ghijklmnop'.charAt(Number(digit)))
}

/** How many neighbours in this order are one person's. */
export function right(authors: Authors, bodies: string[]): number {
  expect(bodies).toHaveLength(authors.size)
  return bodies.filter((body, i) => i > 0 && authors.get(body) === authors.get(bodies[i - 1] ?? '')).length
}
