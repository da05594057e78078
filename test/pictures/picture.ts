import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import UPNG from 'upng-js'

const folder = join(import.meta.dirname, '../../docs/pictures')
/** A page has few colours: with these it looks the same, and a picture is a third as large. */
const colours = 128

/** Keeps what the window shows of a page's content as `docs/pictures/<name>.png`. @param until what the picture ends above */
export async function take(page: Page, name: string, until?: Locator): Promise<void> {
  await settle(page)
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 }
  const main = await page.locator('main').boundingBox()
  const end = (await until?.boundingBox())?.y ?? (main ? main.y + main.height : height)
  const clip = { x: 0, y: 0, width, height: Math.min(end, height) }
  keep(name, await page.screenshot({ clip, animations: 'disabled', caret: 'hide' }))
}

/** Keeps a part of a page in the same way. */
export async function takePart(part: Locator, name: string): Promise<void> {
  await settle(part.page())
  keep(name, await part.screenshot({ animations: 'disabled', caret: 'hide' }))
}

/** Nothing is pointed at and nothing has the focus; what is drawn by lot is replaced. */
async function settle(page: Page): Promise<void> {
  await page.mouse.move(0, 0)
  await page.evaluate('document.activeElement.blur()')
  await page.evaluate(withSampleNumbers)
}

function keep(name: string, png: Buffer): void {
  const picture = UPNG.decode(new Uint8Array(png).buffer)
  const kept = UPNG.encode(UPNG.toRGBA8(picture), picture.width, picture.height, colours)
  writeFileSync(join(folder, `${name}.png`), Buffer.from(kept))
}

/** Numbers and codes of receipts and public ids are drawn by lot: in a picture they are samples, so that it comes out the same again. */
const withSampleNumbers = `{
  const sample = (text) => text
    .replace(/(\\d{8})-[0-9A-Z]{5}-[0-9A-Z]{5}/g, '$1-7K3M9-QXD4T')
    .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '3f2a91c0-5d1e-4b7a-9c64-e80b2a7d4f15')
    .replace(/(?:[0-9A-Z]{4}-){5}[0-9A-Z]{4}/g, '7K3M-9QXD-4T2B-HN8W-6RPC-VJ5Y')
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const { data } = texts.currentNode
    if (sample(data) !== data) texts.currentNode.data = sample(data)
  }
}`
