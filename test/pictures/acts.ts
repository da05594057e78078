import type { Locator, Page } from 'playwright-core'

/** Presses the button of exactly this name. */
export async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click()
}

/** Scrolls so that it stands at the top of the window. */
export async function scrollTo(shown: Locator): Promise<void> {
  await shown.evaluate((element) => element.scrollIntoView())
}
