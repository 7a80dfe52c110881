/** A badge designed on the screen: seen while it is chosen, set, and shown in place of the stone; a logo that is too large is refused beside its field. */
import { noChromium, openBrowser } from '@cairn/testkit'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectAccessible } from './accessible.ts'
import { signIn } from './sign-in.ts'
import { canJourney, type JourneyServer, startJourneyServer } from './start.ts'

describe.skipIf(!canJourney)(`a designed badge${canJourney ? '' : ` (skipped: ${noChromium}, and npm run build)`}`, () => {
  let server: JourneyServer
  let browser: Browser
  let page: Page
  const pictures = process.env.CAIRN_PICTURES

  beforeAll(async () => {
    server = await startJourneyServer()
    browser = await openBrowser()
    page = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage()
    await signIn(page, server.address)
    await page.goto(`${server.address}/specifications`)
    await page.click('main a[href^="/specifications/"]:not([href$="/new"])')
    await page.waitForSelector('#badge')
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
  })

  test('shape, colour and icon are chosen, seen at once with their words, and set', async () => {
    await page.click('#badge summary')
    await page.check('#badge input[value=shield]')
    await page.check('#badge input[value=blue]')
    await page.check('#badge input[value=book]')
    expect(await page.getAttribute('#badge details img', 'alt')).toBe('shield, blue, book')
    await expectAccessible(page, 'badge designer')
    if (pictures) await page.locator('#badge').screenshot({ path: `${pictures}/badge-390-en.png` })
    await page.click('#badge details button')
    await page.waitForSelector('text=The picture is set.')
    expect(await page.getAttribute('#badge img.badge', 'alt')).toMatch(/^Badge of the institution for /)
  })

  test('a logo of 20,000 dots is refused beside its field', async () => {
    const head = Buffer.alloc(64)
    head.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
    head.writeUInt32BE(20_000, 16)
    head.writeUInt32BE(20_000, 20)
    await page.click('#badge summary')
    await page.setInputFiles('#badge input[name=logo]', { name: 'logo.png', mimeType: 'image/png', buffer: head })
    await page.click('#badge details button')
    await page.waitForSelector('#badge [aria-invalid=true]', { state: 'attached' })
  })

  test('wide and narrow, in English and Arabic', async () => {
    const where = page.url().replace(/\?.*/, '')
    for (const [width, language] of [
      [1280, 'en'],
      [390, 'ar'],
    ] as const) {
      await page.setViewportSize({ width, height: 900 })
      await page.context().addCookies([{ name: 'cairn-language', value: language, url: server.address }])
      await page.goto(where)
      await page.click('#badge summary')
      await expectAccessible(page, `badge designer ${width} ${language}`)
      if (pictures) await page.locator('#badge').screenshot({ path: `${pictures}/badge-${width}-${language}.png` })
    }
  })
})
