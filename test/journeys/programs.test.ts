/** What an owner gives to programs, on screens: a key that is shown once, used over HTTP, and taken back; a webhook that is tried. With CAIRN_PICTURES=<folder> pictures are kept. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { noChromium, openBrowser } from '@cairn/testkit'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectAccessible } from './accessible.ts'
import { signIn } from './sign-in.ts'
import { canJourney, type JourneyServer, startJourneyServer } from './start.ts'

const pictures = process.env.CAIRN_PICTURES

describe.skipIf(!canJourney)(`programs${canJourney ? '' : ` (skipped: ${noChromium}, and npm run build)`}`, () => {
  let server: JourneyServer
  let browser: Browser
  let page: Page
  let origin: string
  const told: string[] = []
  const receiver = createServer((request, response) => {
    told.push(String(request.headers['webhook-signature']))
    response.writeHead(500).end()
  })

  beforeAll(async () => {
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
    origin = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`
    server = await startJourneyServer({ CAIRN_WEBHOOK_ORIGINS: origin })
    browser = await openBrowser()
    page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage()
    await signIn(page, server.address)
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    receiver.close()
    receiver.closeAllConnections()
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
    const reasons = await page
      .locator('form[action="?/undo"] option')
      .evaluateAll((options) => options.map((each) => each.getAttribute('value')))
    expect(reasons).toContain('fraud')
    // What is superseded has another in its place, and undoing puts none there.
    expect(reasons).not.toContain('superseded')
    await page.locator('.card details summary').first().click()
    await page.click('form[action="?/withdraw"] button')
    await page.waitForSelector('[role=status]')
    expect(await ask()).toBe(401)
  })

  test('a webhook is made, tried, seen to fail, and sent again', async () => {
    await page.goto(at('/webhooks'))
    await look('webhooks-empty')
    await page.fill('form[action="?/make"] input[name=url]', 'https://10.0.0.7/hook')
    await page.check('form[action="?/make"] input[value="credential.revoke"]')
    await page.click('form[action="?/make"] button.main')
    await page.waitForSelector('main [role=alert]')
    expect(await page.getAttribute('input[name=url]', 'aria-invalid')).toBe('true')
    expect(await page.isChecked('form[action="?/make"] input[value="credential.revoke"]')).toBe(true)
    await look('webhooks-refused')
    await page.fill('form[action="?/make"] input[name=url]', `${origin}/from-cairn`)
    await page.click('form[action="?/make"] button.main')
    expect(await page.locator('[role=status] code').first().textContent()).toMatch(/^whsec_/)
    await look('webhooks')
    await page.click('.card a')
    await page.waitForSelector('form[action="?/try"] button')
    await look('webhook-empty')
    await page.click('form[action="?/try"] button')
    await page.waitForSelector('[role=status]')
    await expect.poll(() => told.length, { timeout: 30_000 }).toBeGreaterThan(0)
    await page.goto(page.url().split('?')[0]!)
    await expect.poll(async () => (await page.reload()) && (await page.textContent('table'))).toContain('status 500')
    await look('webhook')
    const before = told.length
    await page.click('form[action="?/resend"] button')
    await expect.poll(() => told.length, { timeout: 30_000 }).toBeGreaterThan(before)
  })
})
