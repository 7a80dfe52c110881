/** What every page of a journey has to stand: axe finds nothing, and nothing is wider than the window. */
import AxeBuilder from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** Fails with each finding and its place. */
export async function expectAccessible(page: Page, where: string): Promise<void> {
  // In the page itself: the same rules, without a second page for what frames of other origins say. We have no such frames, and it takes a fifth of the time.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  expect(violations.map(({ id, nodes }) => `${where}: ${id} at ${nodes.map((node) => node.target).join(', ')}`)).toEqual([])
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
    `${where} is wider than the window`,
  ).toBeLessThanOrEqual(0)
}
