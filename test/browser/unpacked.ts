import { findChromium } from './chromium.ts'

/** Unpacks the browser once, before two processes would do so into the same folder at the same time. */
export default async function setUp(): Promise<void> {
  await findChromium()
}
