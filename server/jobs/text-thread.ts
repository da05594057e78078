import { once } from 'node:events'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { Abandoned } from './abandoned.ts'
import type { TextAnswer, TextQuestion, TextWork } from './text-work.ts'

/** A text took longer than any should, or more memory: nothing is known of it. */
export class OverBudget extends Error {
  override name = 'OverBudget'
}

/** In milliseconds; the longest comment takes a hundredth of it. */
const budget = 1_000
const resourceLimits = { maxOldGenerationSizeMb: 256 }

/**
 * A thread that works on one text at a time, begun when it is first asked. What takes too long ends together with the
 * thread, and the next text gets a new one.
 */
export class TextThread {
  readonly #module: URL
  #worker: Promise<Worker> | null = null
  #last: Promise<unknown> = Promise.resolve()
  #underWay: AbortController | null = null
  #isClosed = false

  constructor(module = new URL('./text-worker.ts', import.meta.url)) {
    this.#module = module
  }

  /** What this work makes of a text. @throws OverBudget, or Abandoned where the thread is closed */
  ask<Name extends keyof TextWork>(
    name: Name,
    ...given: Parameters<TextWork[Name]>
  ): Promise<ReturnType<TextWork[Name]>> {
    const made = this.#last.then(() => this.#askAlone({ name, given }))
    this.#last = made.catch(() => {})
    return made as Promise<ReturnType<TextWork[Name]>>
  }

  /** Ends the thread at once, with what is under way. */
  async close(): Promise<void> {
    this.#isClosed = true
    this.#underWay?.abort(new Abandoned('the thread is closed'))
    await this.#end()
  }

  async #askAlone(question: TextQuestion): Promise<unknown> {
    let answer: TextAnswer
    try {
      this.#worker ??= begun(this.#module)
      answer = await this.#answer(await this.#worker, question)
    } catch (error) {
      await this.#end()
      throw error
    }
    if ('error' in answer) throw answer.error
    return answer.made
  }

  async #answer(worker: Worker, question: TextQuestion): Promise<TextAnswer> {
    if (this.#isClosed) throw new Abandoned('the thread is closed')
    const stop = new AbortController()
    this.#underWay = stop
    // After another turn: where it was this thread that was held, the answer may be there and was not read yet.
    const overBudget = () => void nextTurn().then(() => stop.abort(new OverBudget(question.name)))
    const timer = setTimeout(overBudget, budget)
    try {
      worker.postMessage(question)
      const [answer] = await once(worker, 'message', { signal: stop.signal })
      return answer
    } catch (error) {
      throw stop.signal.aborted ? stop.signal.reason : new OverBudget(question.name, { cause: error })
    } finally {
      clearTimeout(timer)
    }
  }

  async #end(): Promise<void> {
    const worker = this.#worker
    this.#worker = null
    await worker?.then(
      (begun) => begun.terminate(),
      () => {},
    )
  }
}

async function begun(module: URL): Promise<Worker> {
  const worker = new Worker(module, { execArgv: [], resourceLimits })
  await once(worker, 'message')
  // While nothing is asked it keeps no process from ending; what goes wrong in it is told where somebody waits.
  worker.unref()
  worker.on('error', () => {})
  return worker
}

/** What was made of a text, or `instead` where it took too much. */
export function withinBudget<Made>(made: Promise<Made>, instead: Made): Promise<Made> {
  return made.catch((error: unknown) => {
    if (error instanceof OverBudget) return instead
    throw error
  })
}
