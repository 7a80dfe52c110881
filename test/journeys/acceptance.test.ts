/** The acceptance matrix in Chromium: nothing to ask, a heat map with reasons behind each cell, and the files. */
import { noChromium, openBrowser } from '@cairn/testkit'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { callApi } from './call-api.ts'
import { signIn } from './sign-in.ts'
import { canJourney, type JourneyServer, startJourneyServer } from './start.ts'
import { type Everywhere, openViews } from './views.ts'

describe.skipIf(!canJourney)(`acceptance${canJourney ? '' : ` (skipped: ${noChromium}, and npm run build)`}`, () => {
  let server: JourneyServer
  let browser: Browser
  let staff: BrowserContext
  let page: Page
  let everywhere: Everywhere

  beforeAll(async () => {
    server = await startJourneyServer()
    browser = await openBrowser()
    // It only shows, so it needs no scripts.
    staff = await browser.newContext({ viewport: { width: 1280, height: 900 }, javaScriptEnabled: false })
    page = await staff.newPage()
    everywhere = openViews(browser, staff)
    await signIn(page, server.address)
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
  })

  const api = <T>(method: 'post' | 'put', where: string, data: object = {}) => callApi<T>(page, server.address, method, where, data)
  interface Draft {
    id: string
    revision: number
    draft: { title: Record<string, string>; requirements: { id: string; kind: string }[] }
  }
  /** Rules from the example of a weather service, with or without some of their requirements. */
  async function publish(name: string, without: readonly string[]): Promise<void> {
    const { id, revision, draft } = await api<Draft>('post', '/policies', { template: 'weather-service' })
    const requirements = draft.requirements.filter(({ kind }) => !without.includes(kind))
    const saved = await api<Draft>('put', `/policies/${id}`, { revision, draft: { ...draft, title: { en: name }, requirements } })
    await api('post', `/policies/${id}/publish`, { revision: saved.revision })
  }

  test('where nobody can be asked, the page says what it takes', async () => {
    await everywhere(`${server.address}/matrix`, 'matrix-empty')
    await page.goto(`${server.address}/matrix`)
    expect(await page.textContent('main')).toContain('Nobody can be asked yet')
  })

  test('certificates against rules, each cell with its reasons, a profile, gains, and a guideline with the numbers', async () => {
    await api('post', '/targets', {
      title: { en: 'Forecaster, grade 2' },
      content: { competencies: ['wmo-1209'], period: ['2020-01-01', null] },
    })
    await publish('Career hours', [])
    for (const each of ['North', 'South', 'Coast', 'Mountains']) await publish(`Career hours, ${each}`, ['formal-marks', 'competency-link'])
    const cells = async () => {
      await page.goto(`${server.address}/matrix`)
      return page.locator('td[data-outcome]').count()
    }
    await expect.poll(cells, { timeout: 30_000 }).toBe(30)
    await everywhere(`${server.address}/matrix`, 'matrix')
    expect(await page.textContent('ol.guideline')).toContain('This draft rests on 6 certificates and 5 sets of rules.')
    const cell = page.locator('td[data-outcome=refused] a').first()
    await cell.click()
    expect(await page.textContent('h1')).toContain('What Hillside College')
    expect(await page.locator('[data-outcome=refused]').count()).toBe(1)
    await everywhere(page.url(), 'matrix-cell')
  })

  test('the table and the data go out as files', async () => {
    const csv = await page.request.get(`${server.address}/matrix/file?form=post&as=csv`)
    expect(await csv.text()).toContain('paper-attendance')
    const json = await page.request.get(`${server.address}/matrix/file?form=post&as=json`)
    expect((await json.json()) as object).toHaveProperty('guideline')
    await page.goto(`${server.address}/matrix`)
    await page.emulateMedia({ media: 'print' })
    if (process.env.CAIRN_PICTURES) await page.screenshot({ path: `${process.env.CAIRN_PICTURES}/matrix-print.png`, fullPage: true })
  })
})
