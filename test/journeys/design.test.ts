/** What the designer and the form of the institution can say: another awarding body, links, days, a badge; languages, numbers, accreditations. */
import { noChromium, openBrowser } from '@cairn/testkit'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectAccessible } from './accessible.ts'
import { signIn } from './sign-in.ts'
import { canJourney, type JourneyServer, startJourneyServer } from './start.ts'

interface Draft {
  awardingBody?: { id: string; legalName: Record<string, string>; country: string; identifiers: unknown[] }
  outcomes: { skills: unknown[]; competencies: unknown[] }[]
  activity?: Record<string, unknown>
  badge?: string
}

describe.skipIf(!canJourney)(`design${canJourney ? '' : ` (skipped: ${noChromium}, and npm run build)`}`, () => {
  let server: JourneyServer
  let browser: Browser
  let page: Page
  let specification = ''

  beforeAll(async () => {
    server = await startJourneyServer()
    browser = await openBrowser()
    page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage()
    await signIn(page, server.address)
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
  })

  const api = async <T>(where: string) => (await (await page.request.get(`${server.address}/api/v1${where}`)).json()) as T
  const draft = async () => (await api<{ draft: Draft }>(`/specifications/${specification}`)).draft
  const openAll = () =>
    page.evaluate(() => {
      for (const each of document.querySelectorAll('details')) each.open = true
    })
  const saved = () => page.waitForSelector('.bar [role=status]:has-text("Saved")')

  test('another body awards, an outcome is linked to ESCO and to another framework, and the activity has its days', async () => {
    const lines = await api<{ id: string; kind: string }[]>('/specifications')
    specification = lines.find(({ kind }) => kind === 'micro-credential')!.id
    await page.goto(`${server.address}/specifications/${specification}`)
    await page.waitForSelector('.bar [role=status]')
    await openAll()
    await page.fill('[name="/awardingBody/legalName/en"]', 'Regional Training Centre of the Southern Highlands')
    await page.fill('[name="/awardingBody/identifiers/0/value"]', '12345678')
    await page.fill('[name="/awardingBody/homepage"]', 'https://rtc.example/')
    await page.fill('[name="/outcomes/0/links/0/label"]', 'interpret weather data')
    await page.fill('[name="/outcomes/0/links/0/id"]', 'http://data.europa.eu/esco/skill/0b8e7d2c-0000-4000-8000-000000000001')
    await page.fill('[name="/activity/from"]', '2026-02-01')
    await page.fill('[name="/activity/to"]', '2026-04-30')
    await expect.poll(async () => (await draft()).activity, { timeout: 15_000 }).toEqual({ from: '2026-02-01', to: '2026-04-30' })
    await saved()
    await page.reload()
    await openAll()
    await page.fill('[name="/outcomes/0/links/1/label"]', 'Forecasting')
    await page.fill('[name="/outcomes/0/links/1/id"]', 'urn:wmo:1209:bip-m:1')
    await page.fill('[name="/outcomes/0/links/1/code"]', 'BIP-M 1')
    await expect.poll(async () => (await draft()).outcomes[0]!.competencies, { timeout: 15_000 }).toHaveLength(1)
    const { awardingBody, outcomes } = await draft()
    expect(awardingBody).toMatchObject({
      legalName: { en: 'Regional Training Centre of the Southern Highlands' },
      identifiers: [{ kind: 'registration', value: '12345678' }],
    })
    expect(outcomes[0]!.skills).toHaveLength(1)
    await expectAccessible(page, 'designer, full')
  })

  test('R-SVG: a drawing becomes the badge as PNG, a dangerous one is refused in words', async () => {
    await page.goto(`${server.address}/specifications/${specification}`)
    const upload = async (svg: string) => {
      await page.setInputFiles('#badge input[type=file]', { name: 'b.svg', mimeType: 'image/svg+xml', buffer: Buffer.from(svg) })
      await page.click('#badge form button:first-of-type')
    }
    await upload('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
    await page.waitForSelector('[role=alert]:has-text("holds links, scripts")')
    await upload('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><circle cx="5" cy="5" r="4" fill="#a52222"/></svg>')
    await page.waitForSelector('img.badge')
    expect(
      Buffer.from((await draft()).badge!, 'base64')
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG')
    await expectAccessible(page, 'designer, with a badge')
    await page.click('#badge button[name=remove]')
    await page.waitForSelector('img.badge', { state: 'detached' })
    expect((await draft()).badge).toBeUndefined()
  })

  test('what another body awards is published, sealed under a mandate, and verified', async () => {
    await page.goto(`${server.address}/specifications/${specification}`)
    await page.waitForSelector('.bar [role=status]')
    await page.click('button[name=publish]')
    await page.click('main form button.main')
    await page.waitForURL('**/editions/**')
    await page.goto(`${server.address}/batches/new?edition=${page.url().split('/').at(-1)}`)
    await page.fill('form[action="?/one"] input[name=givenName]', 'Marie')
    await page.fill('input[name=familyName]', 'Nováková')
    await page.fill('input[name=identifier]', 'S-2026-118')
    await page.click('form[action="?/one"] button.main')
    await page.click('form[action="?/confirm"] button.main')
    await page.waitForSelector('a[href*="/credentials?batch="]', { timeout: 60_000 })
    await page.click('a[href*="/credentials?batch="]')
    await page.click('main a[href^="/credentials/0"]')
    await page.click('form[action="?/share"] button')
    const link = (await page.getAttribute('a[href*="/c/"]', 'href'))!
    await page.goto(link)
    await page.waitForSelector('[data-verdict=valid][data-by=browser]')
    expect(await page.textContent('body')).toContain('Regional Training Centre of the Southern Highlands')
  })

  test('the institution says its name in another language, its time zone, a number of another register, and an accreditation', async () => {
    await page.goto(`${server.address}/institution`)
    const zones = await page.locator('[name="/organisation/timeZone"] option').allTextContents()
    expect(zones.map((zone) => zone.trim())).toEqual(['Central European Time', 'Central European Time (Prague)'])
    await page.selectOption('[name="/organisation/timeZone"]', 'Europe/Prague')
    await page.selectOption('[name=addLanguage]', 'sk')
    await page.click('.ends button')
    await page.fill('[name="/organisation/legalName/sk"]', 'Hydrometeorologický ústav')
    const empty = page.locator('[name^="/organisation/identifiers/"][name$="/value"]').last()
    const at = (await empty.getAttribute('name'))!.replace(/\/value$/, '')
    await page.selectOption(`[name="${at}/kind"]`, 'ror')
    await empty.fill('not-empty')
    await openAll()
    const accreditation = '/organisation/accreditations'
    const next = await page.locator(`[name^="${accreditation}/"][name$="/issued"]`).count()
    const field = (name: string) => `[name="${accreditation}/${next - 1}/${name}"]`
    await page.fill(field('title/en'), 'Institutional accreditation')
    await page.selectOption(field('type'), { index: 1 })
    await page.fill(field('agency/legalName/en'), 'An agency')
    await page.selectOption(field('agency/country'), 'CZ')
    await page.selectOption(field('decision'), 'positive-with-conditions')
    await page.fill(field('report'), 'no address')
    await page.evaluate(() => document.querySelector('form.narrow')?.setAttribute('novalidate', ''))
    await page.click('form.narrow button.main')
    await page.waitForSelector('[role=alert]')
    await expectAccessible(page, '/institution, refused')
    expect(await page.inputValue('[name="/organisation/legalName/sk"]')).toBe('Hydrometeorologický ústav')
    await page.fill(field('issued'), '2024-05-01')
    await page.fill(field('report'), 'https://agency.example/report')
    await page.click('form.narrow button.main')
    await page.waitForSelector('[role=status]:has-text("Saved")')
    const { organisation } = await api<{
      organisation: { legalName: Record<string, string>; timeZone?: string; identifiers: unknown[]; accreditations: unknown[] }
    }>('/institution')
    expect(organisation.legalName.sk).toBe('Hydrometeorologický ústav')
    expect(organisation.timeZone).toBe('Europe/Prague')
    expect(organisation.identifiers).toContainEqual({ kind: 'ror', value: 'not-empty' })
    expect(organisation.accreditations.at(-1)).toMatchObject({
      decision: 'positive-with-conditions',
      report: 'https://agency.example/report',
    })
    await expectAccessible(page, '/institution, full')
  })
})
