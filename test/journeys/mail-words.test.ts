/** An institution's own words for its mails, on the screen: read, previewed, refused with a script, saved, and sent. */
import { noChromium, openBrowser } from '@cairn/testkit'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectAccessible } from './accessible.ts'
import { signIn } from './sign-in.ts'
import { canJourney, type JourneyServer, startJourneyServer } from './start.ts'

describe.skipIf(!canJourney)(`words of mails${canJourney ? '' : ` (skipped: ${noChromium}, and npm run build)`}`, () => {
  let server: JourneyServer
  let browser: Browser
  let page: Page
  const pictures = process.env.CAIRN_PICTURES

  beforeAll(async () => {
    server = await startJourneyServer()
    browser = await openBrowser()
    page = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage()
    await signIn(page, server.address)
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
  })

  const words = (language: string) => page.goto(`${server.address}/institution/mail?kind=claim&language=${language}`)

  test('our words stand there; a preview shows example values, a script is refused beside its field, and what was saved is kept', async () => {
    await words('en')
    expect(await page.inputValue('textarea[name=text]')).toContain('Dear {learner},')
    await expectAccessible(page, 'words of mails')
    await page.fill('textarea[name=text]', 'Hello {learner},\n\nwell done: {title}.\n\n{link}')
    await page.click('button:has-text("Preview")')
    await page.waitForSelector('pre')
    expect(await page.textContent('pre')).toContain('Hello Žofie Dvořáková,')
    await page.fill('textarea[name=text]', '<script>alert(1)</script> {link}')
    await page.click('button.main')
    await page.waitForSelector('[role=alert], .problems, [aria-invalid=true]')
    expect(await page.inputValue('textarea[name=text]')).toContain('<script>')
    await expectAccessible(page, 'words of mails, refused')
    await page.fill('textarea[name=text]', 'Hello {learner},\n\nwell done: {title}.\n\n{link}')
    await page.click('button.main')
    await page.waitForSelector('text=From now on')
    await words('en')
    expect(await page.inputValue('textarea[name=text]')).toMatch(/^Hello \{learner\}/)
    await page.click('text=Back to our words')
    await page.waitForSelector('text=From now on')
    await words('en')
    expect(await page.inputValue('textarea[name=text]')).toContain('Dear {learner},')
  })

  test('wide and narrow, in English and Arabic', async () => {
    for (const [width, language] of [
      [1280, 'en'],
      [390, 'ar'],
    ] as const) {
      await page.setViewportSize({ width, height: 900 })
      await page.context().addCookies([{ name: 'cairn-language', value: language, url: server.address }])
      await words(language)
      await expectAccessible(page, `words of mails ${width} ${language}`)
      if (pictures) await page.screenshot({ path: `${pictures}/mail-words-${width}-${language}.png`, fullPage: true })
    }
  })
})
