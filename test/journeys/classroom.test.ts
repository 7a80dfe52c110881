/** A lesson ends: the code is on the screen, learners claim on their phones, the teacher ticks who was there, and each takes what is theirs. */
import { noChromium, openBrowser } from '@cairn/testkit'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectAccessible } from './accessible.ts'
import { signIn } from './sign-in.ts'
import { canJourney, type JourneyServer, startJourneyServer } from './start.ts'

/** Where pictures are kept, when somebody wants to look. */
const pictures = process.env.CAIRN_PICTURES

describe.skipIf(!canJourney)(`the classroom${canJourney ? '' : ` (skipped: ${noChromium}, and npm run build)`}`, () => {
  let server: JourneyServer
  let browser: Browser
  let staff: BrowserContext

  beforeAll(async () => {
    server = await startJourneyServer({ CAIRN_SEAL_LEVEL: 'B' })
    browser = await openBrowser()
    staff = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
  })

  const look = async (page: Page, name: string) => {
    if (pictures) await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true })
  }
  async function phone(locale: string, javaScriptEnabled = true): Promise<Page> {
    return (await browser.newContext({ viewport: { width: 390, height: 844 }, locale, javaScriptEnabled })).newPage()
  }

  test('two of three were there', async () => {
    const screen = await staff.newPage()
    await signIn(screen, server.address, 'awarder')
    const editions = (await (await screen.request.get(`${server.address}/api/v1/editions`)).json()) as { id: string }[]
    await screen.goto(`${server.address}/editions/${editions[0]!.id}`)
    await screen.click('form[action="/classrooms?/open"] button')
    await screen.waitForURL('**/classrooms/*')
    await expectAccessible(screen, 'the screen')
    const code = (await screen.textContent('.code'))!.trim()

    const follow: Page[] = []
    for (const [name, locale, scripts] of [
      ['Žofie', 'en', true],
      ['يوسف', 'ar', true],
      ['Nobody There', 'en', false],
    ] as const) {
      const page = await phone(locale, scripts)
      await page.goto(`${server.address}/join`)
      await page.fill('input[name=code]', code.toLowerCase())
      await page.click('form[action] button.main, main form button.main')
      await page.waitForURL('**/join/*')
      if (scripts) await expectAccessible(page, `the form in ${locale}`)
      await look(page, `join-390-${locale}`)
      await page.fill('input[name=givenName]', name)
      await page.fill('input[name=dateOfBirth]', '2001-05-05')
      await page.click('form[method=post]:not([action]) button.main')
      await page.waitForURL('**/joined/*')
      expect(await page.getAttribute('[data-state]', 'data-state')).toBe('waiting')
      if (scripts) await expectAccessible(page, `waiting in ${locale}`)
      await look(page, `joined-390-${locale}`)
      follow.push(page)
    }

    // The names come to the screen by themselves.
    await screen.waitForFunction(() => document.querySelectorAll('input[name=present]').length === 3)
    await screen.check('input[aria-label*="Žofie"]')
    await screen.check('input[aria-label*="يوسف"]')
    await expectAccessible(screen, 'the names')
    await look(screen, 'classroom-1280-en')
    await screen.click('form[action="?/confirm"] button.main')
    await screen.waitForURL('**/batches/*')
    await screen.click('form[action="?/confirm"] summary')
    await screen.selectOption('select[name=noticeMinutes]', '0')
    await screen.click('form[action="?/confirm"] button.main')
    await screen.waitForSelector('[data-sealed="2"]', { timeout: 60_000 })

    const [first, second, third] = follow as [Page, Page, Page]
    for (const page of [first, second]) {
      await page.waitForSelector('[data-state=sealed]', { timeout: 60_000 })
      await page.click('form[method=post]:not([action]) button.main')
      await page.waitForURL('**/claim/*')
    }
    expect(await second.textContent('main')).toContain('يوسف')
    await expectAccessible(second, 'the claim in Arabic')
    await look(second, 'classroom-claim-390-ar')
    await third.reload()
    expect(await third.getAttribute('[data-state]', 'data-state')).toBe('absent')
    await screen.goto(`${server.address}/classrooms`)
    await expectAccessible(screen, 'the list')
    await look(screen, 'classrooms-1280-en')
  })
})
