/** What an owner gives to programs, on screens: a key that is shown once, used over HTTP, and taken back. With CAIRN_PICTURES=<folder> pictures are kept. */
import path from 'node:path'
import { noChromium, openBrowser } from '@cairn/testkit'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectAccessible } from './accessible.ts'
import { canJourney, type JourneyServer, startJourneyServer } from './start.ts'

const pictures = process.env.CAIRN_PICTURES

describe.skipIf(!canJourney)(`programs${canJourney ? '' : ` (skipped: ${noChromium}, and npm run build)`}`, () => {
  let server: JourneyServer
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    server = await startJourneyServer()
    browser = await openBrowser()
    page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage()
    await page.goto(at('/sign-in'))
    await page.click('button[value=owner]')
    await page.waitForURL('**/home')
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
  })

  const at = (where: string) => server.address + where
  /** Looks at the page in both widths and both directions of writing. */
  async function look(where: string): Promise<void> {
    const before = page.url()
    for (const language of ['en', 'ar'])
      for (const width of [1280, 390]) {
        await page.setViewportSize({ width, height: 900 })
        if (language === 'ar') await page.context().addCookies([{ name: 'cairn-language', value: language, url: server.address }])
        if (language === 'ar') await page.goto(before)
        await expectAccessible(page, `${where} in ${language} at ${width}`)
        if (pictures) await page.screenshot({ path: path.join(pictures, `${where}-${language}-${width}.png`), fullPage: true })
      }
    await page.context().clearCookies({ name: 'cairn-language' })
    await page.setViewportSize({ width: 1280, height: 900 })
    await page.goto(before)
  }

  test('a key is made, shown once, opens what it was made for, and is refused once it was taken back', async () => {
    await page.goto(at('/api-keys'))
    await look('api-keys-empty')
    await page.click('form[action="?/make"] button.main')
    await page.fill('form[action="?/make"] input[name=label]', 'Student register')
    await page.check('form[action="?/make"] input[value=award]')
    await page.click('form[action="?/make"] button.main')
    const secret = (await page.locator('[role=status] code').first().textContent())!
    expect(secret).toMatch(/^cairn_key_/)
    await expectAccessible(page, 'api-keys with a new key')
    if (pictures) await page.screenshot({ path: path.join(pictures, 'api-keys-made-en-1280.png'), fullPage: true })
    const ask = async () => (await fetch(at('/api/v1/batches'), { headers: { authorization: `Bearer ${secret}` } })).status
    expect(await ask()).toBe(200)
    await page.goto(at('/api-keys'))
    expect(await page.content()).not.toContain(secret)
    await look('api-keys')
    await page.locator('.card details summary').first().click()
    await page.click('form[action="?/withdraw"] button')
    await page.waitForSelector('[role=status]')
    expect(await ask()).toBe(401)
  })
})
