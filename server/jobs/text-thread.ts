import { once } from 'node:events'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { Abandoned } from './abandoned.ts'
import type { TextAnswer, TextQuestion, TextWork } from './text-work.ts'

/** A text took longer than any should, or more memory: nothing is known of it. */
export class OverBudget extends Error {
  override name = 'OverBudget'
}

/** What one question may take: milliseconds, and megabytes. */
interface Budget {
  time: number
  memory: number
}

/** The longest comment takes a twentieth of the time, whatever is in it. */
const ofOneText: Budget = { time: 1_000, memory: 256 }
/** All comments of a consultation, read at once: ten times what 10,000 take. */
export const ofAllTexts: Budget = { time: 60_000, memory: 1024 }
/** So many questions lie before the thread, so that it need not wait for the next. */
const mostSent = 8

interface Asked {
  question: TextQuestion
  resolve(made: unknown): void
  reject(error: unknown): void
}

/**
 * A thread that works on one text at a time, begun when it is first asked. What takes too long ends together with the
 * thread, and those behind it get a new one.
 */
export class TextThread {
  readonly #module: URL
  readonly #budget: Budget
  #worker: Worker | null = null
  #isBeginning = false
  /** What lies before the thread: it works on the first. */
  #sent: Asked[] = []
  #unsent: Asked[] = []
  #timer: NodeJS.Timeout | undefined
  #isClosed = false

  constructor(module = new URL('./text-worker.ts', import.meta.url), budget = ofOneText) {
    this.#module = module
    this.#budget = budget
  }

  /** What this work makes of a text. @throws OverBudget, or Abandoned where the thread is closed */
  ask<Name extends keyof TextWork>(
    name: Name,
    ...given: Parameters<TextWork[Name]>
  ): Promise<ReturnType<TextWork[Name]>> {
    return new Promise((resolve, reject) => {
      if (this.#isClosed) return reject(closed())
      const answered = (made: unknown) => resolve(made as ReturnType<TextWork[Name]>)
      this.#unsent.push({ question: { name, given }, resolve: answered, reject })
      this.#send()
    })
  }

  /** Ends the thread at once, with what is under way. */
  async close(): Promise<void> {
    this.#isClosed = true
    const asked = [...this.#sent, ...this.#unsent]
    ;[this.#sent, this.#unsent] = [[], []]
    for (const { reject } of asked) reject(closed())
    await this.#end()
  }

  #send(): void {
    if (!this.#worker) return void this.#begin()
    while (this.#sent.length < mostSent) {
      const next = this.#unsent.shift()
      if (!next) return
      this.#sent.push(next)
      this.#worker.postMessage(next.question)
      if (this.#sent.length === 1) this.#watch(next)
    }
  }

  async #begin(): Promise<void> {
    if (this.#isBeginning || this.#isClosed || this.#unsent.length === 0) return
    this.#isBeginning = true
    try {
      const worker = await begun(this.#module, this.#budget)
      worker.on('message', (answer: TextAnswer) => this.#answered(answer))
      // What goes wrong in it is told of the text that it worked on.
      worker.on('error', (cause) => void this.#giveUp(worker, cause))
      worker.on('exit', () => void this.#giveUp(worker))
      if (this.#isClosed) await worker.terminate()
      else this.#worker = worker
    } catch (error) {
      this.#unsent.shift()?.reject(error)
    }
    this.#isBeginning = false
    this.#send()
  }

  #answered(answer: TextAnswer): void {
    clearTimeout(this.#timer)
    const asked = this.#sent.shift()
    const [next] = this.#sent
    if (next) this.#watch(next)
    this.#send()
    if ('error' in answer) asked?.reject(answer.error)
    else asked?.resolve(answer.made)
  }

  #watch(asked: Asked): void {
    const worker = this.#worker
    this.#timer = setTimeout(async () => {
      // After another turn: where it was this thread that was held, the answer may be there and was not read yet.
      await nextTurn()
      if (worker && this.#sent[0] === asked) await this.#giveUp(worker)
    }, this.#budget.time)
  }

  /** Nothing comes of the text that the thread worked on; those behind it are for the next. */
  async #giveUp(worker: Worker, cause?: unknown): Promise<void> {
    if (this.#worker !== worker) return
    const ended = this.#end()
    const [held, ...behind] = this.#sent
    this.#sent = []
    this.#unsent.unshift(...behind)
    await ended
    held?.reject(new OverBudget(held.question.name, { cause }))
    this.#send()
  }

  async #end(): Promise<void> {
    clearTimeout(this.#timer)
    const worker = this.#worker
    this.#worker = null
    await worker?.terminate()
  }
}

async function begun(module: URL, { memory }: Budget): Promise<Worker> {
  const resourceLimits = { maxOldGenerationSizeMb: memory }
  const worker = new Worker(module, { execArgv: [], resourceLimits })
  await once(worker, 'message')
  // While nothing is asked it keeps no process from ending.
  worker.unref()
  return worker
}

function closed(): Abandoned {
  return new Abandoned('the thread is closed')
}

/** What was made of a text, or `instead` where it took too much. */
export function withinBudget<Made>(made: Promise<Made>, instead: Made): Promise<Made> {
  return made.catch((error: unknown) => {
    if (error instanceof OverBudget) return instead
    throw error
  })
}
