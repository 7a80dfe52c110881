/** One's own account: passkeys with Chromium's virtual authenticator, a password, and the places where one is signed in. */
import { noChromium, openBrowser } from '@cairn/testkit'
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectAccessible } from './accessible.ts'
import { signIn } from './sign-in.ts'
import { canJourney, type JourneyServer, startJourneyServer } from './start.ts'

describe.skipIf(!canJourney)(`account${canJourney ? '' : ` (skipped: ${noChromium}, and npm run build)`}`, () => {
  let server: JourneyServer
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let device: CDPSession
  let authenticator = ''

  beforeAll(async () => {
    server = await startJourneyServer()
    browser = await openBrowser()
    context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
    page = await context.newPage()
    device = await context.newCDPSession(page)
    await device.send('WebAuthn.enable')
    authenticator = (
      await device.send('WebAuthn.addVirtualAuthenticator', {
        options: {
          protocol: 'ctap2',
          transport: 'internal',
          hasResidentKey: true,
          hasUserVerification: true,
          isUserVerified: true,
          automaticPresenceSimulation: true,
        },
      })
    ).authenticatorId
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
  })

  const at = (where: string) => server.address + where
  const verified = (isUserVerified: boolean) => device.send('WebAuthn.setUserVerified', { authenticatorId: authenticator, isUserVerified })
  async function signOut() {
    await page.click('form[action="/sign-in?/out"] button')
    await page.waitForURL(at('/'))
    await page.goto(at('/sign-in'))
  }
  const events = async () => {
    const answer = await page.request.get(at('/api/v1/events'))
    return ((await answer.json()) as { items: { name: string }[] }).items.map(({ name }) => name)
  }

  test('a passkey is added, named, and signs in; the record says so', async () => {
    await signIn(page, server.address)
    await page.click('a[href="/account"]')
    await page.waitForSelector('input[name=passkeyName]')
    await expectAccessible(page, '/account, empty')
    await page.fill('input[name=passkeyName]', 'Laptop in the registry')
    await page.click('form:has(input[name=passkeyName]) button')
    await page.waitForSelector('li:has-text("Laptop in the registry")')
    await expectAccessible(page, '/account, with a passkey')
    expect(await events()).toContain('passkey.add')

    await signOut()
    await page.click('button:has-text("Sign in with a passkey")')
    await page.waitForURL('**/home')
    await page.goto(at('/account'))
    await page.click('summary:has-text("Change")')
    await page.fill('form[action="?/rename"] input[name=name]', 'مفتاح العمل')
    await page.click('form[action="?/rename"] button')
    await page.waitForSelector('li:has-text("مفتاح العمل")')
  })

  test('a second passkey on the same device is refused in words, and so is a person whom the device does not know', async () => {
    await page.goto(at('/account'))
    await page.waitForSelector('input[name=passkeyName]')
    await page.click('form:has(input[name=passkeyName]) button')
    await page.waitForSelector('[role=alert]:has-text("already has a passkey")')
    await signOut()
    await verified(false)
    await page.click('button:has-text("Sign in with a passkey")')
    await page.waitForSelector('[role=alert]:has-text("did not finish")')
    await expectAccessible(page, '/sign-in, refused')
    await verified(true)
  })

  test('a passkey that was removed signs nobody in any more', async () => {
    await page.click('button:has-text("Sign in with a passkey")')
    await page.waitForURL('**/home')
    await page.goto(at('/account'))
    await page.click('summary:has-text("Change")')
    await page.click('form[action="?/remove"] button')
    await page.waitForSelector('text=You have no passkey yet')
    expect(await events()).toContain('passkey.remove')
    await signOut()
    await page.click('button:has-text("Sign in with a passkey")')
    await page.waitForSelector('[role=alert]:has-text("not known here")')
  })

  test('a password is set and changed, and what is signed in elsewhere ends', async () => {
    const elsewhere = await (await browser.newContext()).newPage()
    for (const each of [page, elsewhere]) {
      await signIn(each, server.address)
    }
    await page.goto(at('/account'))
    await page.fill('input[name=password]', 'too short')
    await page.click('form[action="?/password"] button')
    await page.waitForSelector('text=12 to 200 characters')
    await page.fill('input[name=password]', 'stones by the brook')
    await page.click('form[action="?/password"] button')
    await page.waitForSelector('text=Everywhere else you are signed out')
    await elsewhere.goto(at('/home'))
    expect(elsewhere.url()).toContain('/sign-in')

    await page.fill('input[name=current]', 'not the one it is')
    await page.fill('input[name=password]', 'water under the stones')
    await page.click('form[action="?/password"] button')
    await page.waitForSelector('text=not your present password')
    await expectAccessible(page, '/account, refused')

    await elsewhere.fill('input[name=email]', 'owner@demo.example')
    await elsewhere.fill('input[name=password]', 'stones by the brook')
    await elsewhere.click('form[action^="?/password"] button.main')
    await elsewhere.waitForURL('**/home')
    await page.goto(at('/account'))
    await page.click('form[action="?/end"] button')
    await page.waitForSelector('text=Signed out there')
    await elsewhere.goto(at('/account'))
    expect(elsewhere.url()).toContain('/sign-in')
    expect(await events()).toEqual(expect.arrayContaining(['password.change', 'session.end']))
    await elsewhere.context().close()
  })

  test('without scripts no passkey is offered, and the rest of the account works', async () => {
    const plain = await (await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } })).newPage()
    await plain.goto(at('/sign-in'))
    expect(await plain.textContent('body')).not.toContain('Sign in with a passkey')
    await plain.fill('input[name=email]', 'owner@demo.example')
    await plain.fill('input[name=password]', 'stones by the brook')
    await plain.click('form[action^="?/password"] button.main')
    await plain.goto(at('/account'))
    expect(await plain.textContent('body')).toContain('Where you are signed in')
    await plain.context().close()
  })

  test('a moment is said by the reader’s clock; without scripts nobody knows it, and UTC is named', async () => {
    const written = async (javaScriptEnabled: boolean) => {
      const context = await browser.newContext({
        javaScriptEnabled,
        timezoneId: 'Pacific/Kiritimati',
        storageState: await page.context().storageState(),
      })
      const there = await context.newPage()
      await there.goto(at('/outbox'))
      await there.waitForLoadState('networkidle')
      const text = (await there.locator('main summary').last().textContent())!
      await context.close()
      return /(\d+ \S+ \d{4}) at (\d\d):(\d\d)( UTC)?/.exec(text)!.slice(1)
    }
    const [utc, there] = [await written(false), await written(true)]
    expect([utc[3], there[3]]).toEqual([' UTC', undefined])
    const moment = ([day, hour, minute]: (string | undefined)[]) => Date.parse(`${day} ${hour}:${minute} UTC`)
    expect(moment(there) - moment(utc)).toBe(14 * 3_600_000)
  })
})
