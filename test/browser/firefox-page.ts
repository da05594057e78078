import { expect } from 'vitest'
import type { Firefox } from './firefox.ts'

interface Evaluated {
  result?: { value?: unknown }
  exceptionDetails?: { text: string }
}

/** A page of a Firefox, as far as the tests need one. */
export class FirefoxPage {
  #firefox: Firefox
  #context: string

  private constructor(firefox: Firefox, context: string) {
    this.#firefox = firefox
    this.#context = context
  }

  /** A page of somebody who has never been here. @param refused whether the browser keeps nothing */
  static async open(firefox: Firefox, { width = 1280, refused = false } = {}): Promise<FirefoxPage> {
    const { userContext } = await firefox.ask<{ userContext: string }>('browser.createUserContext', {})
    const created = { type: 'tab', userContext }
    const { context } = await firefox.ask<{ context: string }>('browsingContext.create', created)
    await firefox.ask('browsingContext.setViewport', { context, viewport: { width, height: 800 } })
    if (refused)
      await firefox.ask('script.addPreloadScript', { functionDeclaration: refusing, contexts: [context] })
    return new FirefoxPage(firefox, context)
  }

  async goto(url: string): Promise<void> {
    await this.#act('navigate', { url, wait: 'complete' })
  }

  async reload(): Promise<void> {
    await this.#act('reload', { wait: 'complete' })
  }

  /** @param by how many pages: -1 is back, 1 forward */
  async go(by: number): Promise<void> {
    await this.#act('traverseHistory', { delta: by })
  }

  #act(name: string, params: object): Promise<unknown> {
    return this.#firefox.ask(`browsingContext.${name}`, { context: this.#context, ...params })
  }

  async setOffline(isOffline: boolean): Promise<void> {
    await this.#firefox.ask('emulation.setNetworkConditions', {
      networkConditions: isOffline ? { type: 'offline' } : null,
      contexts: [this.#context],
    })
  }

  /** @returns what an expression is on the page, apart from its scripts */
  async evaluate<T>(expression: string): Promise<T> {
    const target = { context: this.#context, sandbox: 'test' }
    const said = await this.#firefox.ask<Evaluated>('script.evaluate', {
      expression,
      target,
      awaitPromise: true,
    })
    if (said.exceptionDetails) throw new Error(said.exceptionDetails.text)
    return said.result?.value as T
  }

  /** Waits until the page shows these words. */
  async shows(words: string): Promise<void> {
    const text = () => this.evaluate<string>('document.body ? document.body.innerText : ""').catch(() => '')
    await expect.poll(text, { timeout: 15_000 }).toContain(words)
  }

  async has(selector: string): Promise<void> {
    const found = () =>
      this.evaluate(`document.querySelector(${JSON.stringify(selector)}) !== null`).catch(() => false)
    await expect.poll(found, { timeout: 15_000 }).toBe(true)
  }

  /** Types as a person does, what stood there before. */
  async fill(selector: string, words: string): Promise<void> {
    await this.evaluate(`{
      const field = document.querySelector(${JSON.stringify(selector)})
      field.focus()
      field.value = ${JSON.stringify(words)}
      field.dispatchEvent(new InputEvent('input', { bubbles: true }))
    }`)
  }

  async click(selector: string): Promise<void> {
    await this.evaluate(`document.querySelector(${JSON.stringify(selector)}).click()`)
  }

  async value(selector: string): Promise<string> {
    return this.evaluate(`document.querySelector(${JSON.stringify(selector)}).value`)
  }

  async close(): Promise<void> {
    await this.#act('close', {})
  }
}

/** As browsers within apps do, and those that are told to keep nothing. */
const refusing = `() => {
  for (const name of ['localStorage', 'sessionStorage'])
    Object.defineProperty(window, name, { get() { throw new DOMException('denied', 'SecurityError') } })
}`
