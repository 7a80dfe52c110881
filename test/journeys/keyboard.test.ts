/** From design to verdict with nothing but the keyboard (WCAG 2.1.1): no pointer is touched in this file. */
import { noChromium, openBrowser } from '@cairn/testkit'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { canJourney, type JourneyServer, startJourneyServer } from './start.ts'

describe.skipIf(!canJourney)(`keyboard${canJourney ? '' : ` (skipped: ${noChromium}, and npm run build)`}`, () => {
  let server: JourneyServer
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    server = await startJourneyServer()
    browser = await openBrowser()
    page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
  })

  /** Presses Tab until what is focused matches; every stop on the way must be visible. */
  async function tabTo(selector: string): Promise<void> {
    for (let presses = 0; presses < 400; presses++) {
      await page.keyboard.press('Tab')
      if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return
    }
    throw new Error(`Tab never reached ${selector} on ${page.url()}`)
  }
  const press = (key: string) => page.keyboard.press(key)
  async function write(selector: string, text: string) {
    await tabTo(selector)
    await page.keyboard.type(text)
  }

  test('sign in, publish an edition, award it, show it, verify it', async () => {
    await page.goto(`${server.address}/sign-in`)
    await tabTo('button[value=owner]')
    await press('Enter')
    await page.waitForURL('**/home')

    await page.goto(`${server.address}/specifications`)
    await tabTo('main a[href^="/specifications/0"]')
    await press('Enter')
    await page.waitForURL(/specifications\/0/)
    await tabTo('button[name=publish]')
    await press('Enter')
    await page.waitForURL('**/publish')
    await tabTo('main form button.main')
    await press('Enter')
    await page.waitForURL('**/editions/**')
    const edition = page.url().split('/').at(-1)!

    await page.goto(`${server.address}/batches/new?edition=${edition}`)
    await write('form[action="?/one"] input[name=givenName]', 'Marie')
    await write('input[name=familyName]', 'Nováková')
    await write('input[name=identifier]', 'S-2026-117')
    await tabTo('form[action="?/one"] button.main')
    await press('Enter')
    await page.waitForURL(/batches\/0/)
    await tabTo('form[action="?/confirm"] button.main')
    await press('Enter')
    await page.waitForSelector('a[href*="/credentials?batch="]', { timeout: 60_000 })
    await tabTo('a[href*="/credentials?batch="]')
    await press('Enter')
    await page.waitForURL('**/credentials?**')
    await tabTo('main a[href^="/credentials/0"]')
    await press('Enter')
    await page.waitForURL(/credentials\/0/)
    await tabTo('form[action="?/share"] button')
    await press('Enter')
    await page.waitForSelector('a[href*="/c/"]')
    const link = (await page.getAttribute('a[href*="/c/"]', 'href'))!

    await page.goto(`${server.address}/verify`)
    await write('textarea', link)
    await tabTo('form[enctype] button')
    await press('Enter')
    await page.waitForSelector('[data-verdict=valid][data-by=browser]')
    expect(await page.textContent('body')).toContain('Nováková')
  })
})
