import type { Locator, Page } from 'playwright-core'

/** Presses the button of exactly this name. */
export async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click()
}

/** Scrolls so that it stands at the top of the window. */
export async function scrollTo(shown: Locator): Promise<void> {
  await shown.evaluate((element) => element.scrollIntoView())
}

/** Waits until a comment has been on the screen for long enough to be decided; what is long is said to be read. */
export async function awake(page: Page): Promise<void> {
  await page.locator('#judging').focus()
  await page.keyboard.press('e')
  await page.locator('#judging:not([data-asleep])').waitFor()
}
