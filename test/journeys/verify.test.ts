/** The verifier in everybody's hand: any form, on a phone, without a network, and as one file from a stick. */

import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { noChromium, openBrowser } from '@cairn/testkit'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { canJourney, type JourneyServer, root, startJourneyServer } from './start.ts'

const vectors = path.join(root, '../shared/vectors/openbadges/v3')
const badge = path.join(vectors, 'simple-json.png')
const hasVectors = existsSync(badge)

describe.skipIf(!canJourney)(`verifier${canJourney ? '' : ` (skipped: ${noChromium}, and npm run build)`}`, () => {
  let server: JourneyServer
  let browser: Browser
  const folder = mkdtempSync(path.join(os.tmpdir(), 'cairn-verifier-'))
  const asked: string[] = []

  beforeAll(async () => {
    server = await startJourneyServer()
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  async function phone(options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, ...options })
    const page = await context.newPage()
    page.on('request', (request) => asked.push(request.url()))
    return page
  }
  async function accessible(at: Page, where: string) {
    const { violations } = await new AxeBuilder({ page: at }).analyze()
    expect(violations.map(({ id, nodes }) => `${where}: ${id} at ${nodes.map((node) => node.target).join(', ')}`)).toEqual([])
    expect(await at.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), `${where} is not wider`).toBe(true)
  }
  /** Opens `/verify` and waits until it is kept for later. */
  async function keep(page: Page) {
    await page.goto(`${server.address}/verify`)
    await page.evaluate(async () => {
      const late = new Promise<never>((_, refuse) => setTimeout(() => refuse(new Error('No service worker.')), 20_000))
      const { active } = await Promise.race([navigator.serviceWorker.ready, late])
      if (active?.state !== 'activated') await new Promise((resolve) => active?.addEventListener('statechange', resolve, { once: true }))
    })
  }
  const picture = (page: Page, name: string) =>
    process.env.CAIRN_PICTURES ? page.screenshot({ path: path.join(process.env.CAIRN_PICTURES, `${name}.png`), fullPage: true }) : undefined

  test.skipIf(!hasVectors)(
    'an Open Badge of another platform, dropped on a phone without a network (skipped where ../shared/vectors is absent)',
    async () => {
      const page = await phone()
      await keep(page)
      await page.context().setOffline(true)
      await page.reload()
      asked.length = 0
      await page.setInputFiles('input[type=file]', badge)
      await page.waitForSelector('[data-by=offline]')
      expect(await page.getAttribute('[data-verdict]', 'data-tone')).toBe('unknown')
      const said = (await page.textContent('main'))!
      expect(said).toContain('Genuine, but the issuer is not known to you')
      expect(said).toContain('as it was last read')
      expect(asked.filter((address) => !address.startsWith(server.address) && !/^(data|blob):/.test(address))).toEqual([])
      await accessible(page, '/verify offline')
      await picture(page, 'badge-390-en')
      await page.click('text=Verify another')
      await page.waitForSelector('input[type=file]')
      await page.context().close()
    },
  )

  /** Bytes of JavaScript that crossed the line, compressed, until the page rests. */
  async function scriptsOf(page: Page): Promise<number> {
    await page.waitForLoadState('networkidle')
    return page.evaluate(() =>
      (performance.getEntriesByType('resource') as PerformanceResourceTiming[])
        .filter(({ name }) => new URL(name).pathname.endsWith('.js'))
        .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
    )
  }

  test.skipIf(!hasVectors)(
    'budgets: 250 kB of scripts on /verify with a badge verified (skipped where ../shared/vectors is absent)',
    async () => {
      const page = await phone({ serviceWorkers: 'block' })
      await page.goto(`${server.address}/verify`)
      const before = await scriptsOf(page)
      await page.setInputFiles('input[type=file]', badge)
      await page.waitForSelector('[data-by=browser]')
      const after = await scriptsOf(page)
      console.error(`scripts on /verify: ${before} bytes, with a badge verified ${after}`)
      expect(before).toBeGreaterThan(20_000)
      expect(before).toBeLessThan(120_000)
      expect(after).toBeLessThan(250_000)
      await page.context().close()
    },
  )

  test('budgets: all that /verify may ever load, but the QR scanner, is under 250 kB compressed', () => {
    const client = path.join(root, 'apps/web/build/client')
    const files = JSON.parse(readFileSync(path.join(client, '_app/verify.json'), 'utf8')) as string[]
    const scripts = files
      .filter((file) => file.endsWith('.js'))
      .map((file) => ({ file, size: readFileSync(`${path.join(client, file)}.gz`).length }))
    const scanner = scripts.filter(({ file }) => readFileSync(path.join(client, file), 'utf8').includes('jsQR'))
    expect(scanner.length).toBeLessThanOrEqual(2)
    const sum = scripts.filter((each) => !scanner.includes(each)).reduce((all, { size }) => all + size, 0)
    expect(sum).toBeGreaterThan(100_000)
    expect(sum).toBeLessThan(250_000)
  })
})
