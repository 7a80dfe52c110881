/** Signing in to a demonstration as one of its people, for journeys that are about something else. */
import type { Page } from 'playwright-core'

/** Signs the page in with one click, and ends on the home screen. */
export async function signIn(page: Page, address: string, role = 'owner'): Promise<void> {
  await page.goto(`${address}/sign-in`)
  await page.click(`button[value=${role}]`)
  await page.waitForURL('**/home')
}
