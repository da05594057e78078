import { afterAll, beforeAll, onTestFinished } from 'vitest'

interface Portal {
  close(): Promise<void>
}

/**
 * Has a portal set up before the tests of a file, and closed after them.
 * @returns what a test calls that leaves the portal otherwise than the others expect it: after it they get another
 */
export function sharedPortal(setUp: () => Promise<Portal>): () => void {
  let portal: Portal
  const begin = async () => {
    portal = await setUp()
  }
  beforeAll(begin)
  afterAll(() => portal.close())
  return () =>
    onTestFinished(async () => {
      await portal.close()
      await begin()
    })
}
