/** People and keys on screens: an invitation and a sign-in link through a real mail server, a second person's approval, a key brought as PKCS#12. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Organisation } from '@cairn/core'
import { describeRemoteKey, organizationIdentifiersOf } from '@cairn/keys'
import {
  createAuthority,
  issueSealCertificate,
  type MailServer,
  noChromium,
  openBrowser,
  type SigningServer,
  startMailServer,
  startSigningServer,
} from '@cairn/testkit'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectAccessible } from './accessible.ts'
import { signIn } from './sign-in.ts'
import { canJourney, type JourneyServer, startJourneyServer } from './start.ts'

const hasOpenssl = spawnSync('openssl', ['version']).status === 0

describe.skipIf(!canJourney)(`people and keys${canJourney ? '' : ` (skipped: ${noChromium}, and npm run build)`}`, () => {
  let mail: MailServer
  let service: SigningServer
  const held = mkdtempSync(path.join(os.tmpdir(), 'cairn-held-'))
  let server: JourneyServer
  let browser: Browser
  let owner: Page
  let invited: Page
  const address = 'nadia@invited.example'

  beforeAll(async () => {
    mail = await startMailServer()
    const seal = { organisation: 'Hillside College', organizationIdentifier: 'VATCZ-00000027', to: new Date(Date.now() + 20 * 86_400_000) }
    service = await startSigningServer([{ id: 'hillside', pin: '1234', ...issueSealCertificate(createAuthority('Remote seals'), seal) }])
    const { clientId, clientSecret, origin } = service
    const asked = { service: service.service, clientId, clientSecret, credential: 'hillside', pin: '1234', ownOrigins: [origin] }
    writeFileSync(path.join(held, 'remote.json'), JSON.stringify(await describeRemoteKey({ ...asked, label: 'Seal at the service' })))
    writeFileSync(path.join(held, 'remote.pin'), '1234', { mode: 0o600 })
    writeFileSync(path.join(held, 'remote.client-secret'), clientSecret, { mode: 0o600 })
    server = await startJourneyServer({ SMTP_URL: mail.url, CAIRN_KEYS: held })
    browser = await openBrowser()
    owner = await someone()
    await signIn(owner, server.address)
    invited = await someone()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    await mail?.close()
    await service?.stop()
    rmSync(held, { recursive: true, force: true })
  })

  const at = (where: string) => server.address + where
  const someone = async () => (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage()
  /** The link of the newest mail to that address whose link begins so. */
  async function mailed(to: string, where: string): Promise<string> {
    const found = () => {
      const raw = mail.received.filter((each) => each.to.includes(to)).map((each) => each.raw.replace(/=\r?\n/g, '').replaceAll('=3D', '='))
      return raw
        .flatMap((text) => text.match(/https?:\/\/[^\s"<]+/g) ?? [])
        .filter((link) => link.includes(where))
        .at(-1)
    }
    await expect.poll(found, { timeout: 30_000 }).toBeDefined()
    return found()!
  }

  test('an invitation arrives by mail, and a new person takes it on its page', async () => {
    await owner.goto(at('/people'))
    await owner.fill('form[action="?/invite"] input[name=email]', address)
    await owner.check('form[action="?/invite"] input[value=approver]')
    await owner.click('form[action="?/invite"] button.main')
    await owner.waitForSelector('[role=status]')
    await invited.goto(await mailed(address, '/invitation/'))
    await expectAccessible(invited, '/invitation')
    await invited.fill('input[name=name]', 'نادية العمراني')
    await invited.fill('input[name=password]', 'short')
    await invited.click('main button.main')
    await invited.waitForSelector('[role=alert]')
    await expectAccessible(invited, '/invitation, refused')
    await invited.fill('input[name=password]', 'reeds along the river')
    await invited.click('main button.main')
    await invited.waitForURL('**/home')
    await owner.goto(at('/people'))
    expect(await owner.textContent('main')).toContain('نادية العمراني')
  })

  test('a link by mail signs in once, after a press on a button', async () => {
    await invited.context().clearCookies()
    await invited.goto(at('/sign-in'))
    await invited.fill('input[name=email]', address)
    await invited.click('button[formaction^="?/link"]')
    await invited.waitForSelector('[role=status]')
    const link = await mailed(address, '/sign-in/')
    await invited.goto(link)
    await expectAccessible(invited, '/sign-in/[token]')
    await invited.click('main button.main')
    await invited.waitForURL('**/home')
    const late = await someone()
    await late.goto(link)
    await late.click('main button.main')
    await late.waitForSelector('[role=alert]')
    await late.context().close()
  })

  test('where four eyes are asked for, who confirmed may not approve, and a second person may', async () => {
    await owner.goto(at('/institution'))
    await owner.check('input[name=fourEyes]')
    await owner.click('form.narrow button.main')
    await owner.waitForSelector('[role=status]')
    const [edition] = (await (await owner.request.get(at('/api/v1/editions'))).json()) as { id: string }[]
    await owner.goto(at(`/batches/new?edition=${edition!.id}`))
    await owner.fill('form[action="?/one"] input[name=givenName]', 'Žofie')
    await owner.fill('input[name=familyName]', 'Ďáblíková')
    await owner.fill('input[name=identifier]', 'S-2026-119')
    await owner.click('form[action="?/one"] button.main')
    await owner.click('form[action="?/confirm"] button.main')
    await owner.waitForSelector('form[action="?/cancel"]', { state: 'attached' })
    await owner.click('form[action="?/approve"] button.main')
    await owner.waitForSelector('[role=alert]:has-text("second person")')
    await invited.goto(at('/home'))
    await expectAccessible(invited, '/home, to approve')
    await invited.click('main a[href^="/batches/0"]')
    await invited.waitForSelector('form[action="?/approve"]')
    await expectAccessible(invited, '/batches/[id], to approve')
    await invited.click('form[action="?/approve"] button.main')
    await invited.waitForSelector('a[href*="/credentials?batch="]', { timeout: 60_000 })
  })

  test.skipIf(!hasOpenssl)(`a key is brought as PKCS#12${hasOpenssl ? '' : ' (skipped: no openssl on this machine)'}`, async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'cairn-journey-key-'))
    const { organisation } = (await (await owner.request.get(at('/api/v1/institution'))).json()) as { organisation: Organisation }
    const identity = issueSealCertificate(createAuthority('Journey authority'), {
      organisation: organisation.legalName.en!,
      organizationIdentifier: organizationIdentifiersOf(organisation)[0]!,
      country: organisation.country,
    })
    const file = (name: string) => path.join(folder, name)
    writeFileSync(file('k.pem'), identity.privateKey.export({ type: 'pkcs8', format: 'pem' }))
    const pem = (der: Uint8Array) =>
      `-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`
    writeFileSync(file('c.pem'), pem(identity.certificate))
    const given = ['pkcs12', '-export', '-inkey', file('k.pem'), '-in', file('c.pem'), '-out', file('k.p12'), '-passout', 'pass:well kept']
    execFileSync('openssl', given, { stdio: 'pipe' })
    const bytes = readFileSync(file('k.p12'))
    rmSync(folder, { recursive: true })

    await owner.goto(at('/keys'))
    const bring = async (passphrase: string) => {
      await owner.fill('input[name=label]', 'Seal of the institution')
      await owner.setInputFiles('input[name=file]', { name: 'k.p12', mimeType: 'application/x-pkcs12', buffer: bytes })
      await owner.fill('input[name=passphrase]', passphrase)
      await owner.click('form[action="?/import"] button.main')
    }
    await bring('not this one')
    await owner.waitForSelector('[role=alert]')
    await expectAccessible(owner, '/keys, refused')
    await bring('well kept')
    await owner.waitForSelector('[role=status]')
    expect(await owner.textContent('main')).toContain('Seal of the institution')
    await expectAccessible(owner, '/keys, full')
  })

  test('a key at a remote service is taken into use, signs to try, and is told when its certificate ends; a turn is planned', async () => {
    await owner.goto(at('/keys'))
    await owner.click('form[action="?/take"] button')
    await owner.waitForSelector('[role=status]')
    const card = owner.locator('section.card', { hasText: 'Seal at the service' })
    expect(await card.textContent()).toContain('at a remote service')
    expect(await card.textContent()).toContain('Ask for the next one now.')
    await card.locator('form[action="?/try"] button').click()
    await card.locator('[role=status]').waitFor()
    await card.locator('summary', { hasText: 'Plan its turn' }).click()
    await card.locator('input[name=sealsFrom]').fill('2099-01-01')
    await card.locator('form[action="?/plan"] button').click()
    await owner.waitForSelector('section.card:has-text("Seal at the service") dd:has-text("2099")')
    await expectAccessible(owner, '/keys, with a key at a service')
  })
})
