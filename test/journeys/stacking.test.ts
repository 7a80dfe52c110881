/** Stacking as people do it, in Chromium: a college publishes a pathway, a learner stacks four awards of three issuers, a stranger checks what came of it. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { noChromium, openBrowser } from '@cairn/testkit'
import { writeEvidence } from '@cairn/verifier'
import { pino } from 'pino'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readConfig } from '../../apps/server/src/config.ts'
import { evidenceFor } from '../../apps/server/src/registry.ts'
import { type RunningServer, startServer } from '../../apps/server/src/start-server.ts'
import { prepareThreeIssuers, type ThreeIssuers } from '../../apps/server/src/vectors/three-issuers.ts'
import { signIn } from './sign-in.ts'
import { canJourney, root } from './start.ts'
import { type Everywhere, openViews } from './views.ts'

describe.skipIf(!canJourney)(`stacking${canJourney ? '' : ` (skipped: ${noChromium}, and npm run build)`}`, () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'cairn-stacking-journey-'))
  let address = ''
  let server: RunningServer
  let issuers: ThreeIssuers
  let browser: Browser
  let staff: BrowserContext
  let page: Page
  let learner: Page
  let everywhere: Everywhere
  let tokens: string[] = []
  let core: string[] = []
  let follow = ''
  let receipt = ''

  beforeAll(async () => {
    const port = await new Promise<number>((resolve) => {
      const probe = createServer().listen(0, '127.0.0.1', () => {
        const { port: free } = probe.address() as { port: number }
        probe.close(() => resolve(free))
      })
    })
    address = `http://localhost:${port}`
    const config = readConfig({ CAIRN_DATA: folder, PORT: String(port), CAIRN_LOG: 'silent', CAIRN_DEMO: '1' })
    server = await startServer(config, pino({ level: 'silent' }))
    issuers = await prepareThreeIssuers(server)
    const { college, others, edition, shared } = issuers
    const editions = [await edition(college, 'Reading maps', 3), await edition(college, 'Observing', 3)]
    const [forecasting, safety] = [await edition(others[0], 'Forecasting', 4), await edition(others[1], 'Safety at sea', 2)]
    await edition(college, 'Certificate of coastal work', 12)
    core = await Promise.all(editions.map(async (id) => (await issuers.as(college)['edition.read']({ id })).edition.achievement))
    tokens = await Promise.all([
      shared(college, editions[0]!),
      shared(college, editions[1]!),
      shared(others[0], forecasting),
      shared(others[1], safety),
    ])
    browser = await openBrowser()
    staff = await browser.newContext({ viewport: { width: 1280, height: 900 } })
    page = await staff.newPage()
    everywhere = openViews(browser, staff)
    // Forms are all it takes: the learner's telephone runs no scripts.
    learner = await (await browser.newContext({ viewport: { width: 390, height: 844 }, javaScriptEnabled: false })).newPage()
  }, 90_000)
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    rmSync(folder, { recursive: true, force: true })
  })
  const settled = () => page.waitForLoadState('networkidle')

  test('a designer makes a pathway of three slots in plain words, sees it drawn, and publishes it', async () => {
    await signIn(page, address)
    await page.goto(`${address}/pathways`)
    await everywhere(page.url(), 'pathways-empty')
    await settled()
    await page.click('text=New pathway')
    await page.waitForURL(/pathways\/[0-9a-f-]{36}/)
    await settled()
    await page.fill('[name="title.en"]', 'Coastal work')
    await page.fill('[name="title.ar"]', 'العمل الساحلي')
    await page.selectOption('[name=award]', { label: 'Certificate of coastal work' })
    await page.click('#s0 summary')
    // One is picked from the list as it is offered, one is typed.
    const offered = await page.$$eval('#known-achievements option', (options) =>
      options.map((option) => (option as HTMLOptionElement).value),
    )
    const picked = offered.find((line) => line.includes('Reading maps'))!
    expect(picked).toContain(core[0])
    await page.locator('[name="s.0.achievements"]').nth(0).fill(picked)
    await page.locator('[name="s.0.achievements"]').nth(1).fill(core[1]!)
    await page.fill('[name="s.1.id"]', 'weather')
    await page.fill('[name="s.1.title.en"]', 'Weather')
    await page.click('#s1 summary')
    await page.locator('[name="s.1.providers"]').first().fill(`Valley Weather Service [${issuers.organisations[0].id}]`)
    await page.fill('[name="s.1.currencyYears"]', '5')
    await page.fill('[name="s.1.afterSlots"]', 'nowhere')
    await page.check('[name=add]')
    await page.fill('[name=totalMin]', '12')
    await page.fill('[name=residencyMin]', '6')
    await page.click('text=Save the draft')
    await page.waitForSelector('text=names a slot that is not there')
    await settled()
    await page.fill('[name="s.1.afterSlots"]', '')
    await page.fill('[name="s.2.minCredits"]', '2')
    await page.click('text=Save the draft')
    await page.waitForSelector('main svg[role=img]')
    expect(await page.textContent('main')).toContain('Credits from this body itself: at least 6.')
    expect(await page.textContent('main')).toContain('awarded by one of: Valley Weather Service')
    expect(await page.locator('[name="s.0.achievements"]').nth(1).inputValue()).toMatch(/^Observing, .*\[urn:uuid:/)
    await everywhere(page.url(), 'pathway')
    await settled()
    await page.click('form[action="?/publish"] button')
    await page.waitForSelector('text=The rules are published.')
  })

  test('a learner sees what is missing, what to take next and what runs out first, and applies, without JavaScript', async () => {
    const college = issuers.as(issuers.college)
    const begun = await college['pathway.create']({})
    const draft = { ...begun.draft, title: { en: 'Master of the coast' }, rules: { totalMin: 200 } }
    const far = await college['pathway.save']({ id: begun.id, revision: begun.revision, draft })
    await college['pathway.publish']({ id: begun.id, revision: far.revision })
    await everywhere(`${address}/stacking`, 'stacking-offered')
    await learner.goto(`${address}/stacking?share=${tokens[3]}`)
    expect(await learner.inputValue('[name=links]')).toBe(`${address}/c/${tokens[3]}`)
    await learner.fill(
      '[name=links]',
      tokens
        .slice(1)
        .map((token) => `${address}/c/${token}`)
        .join('\n'),
    )
    await learner.click('form[action="?/show"] button')
    const missing = await learner.textContent('[data-eligible=false] ~ *:has(li)')
    expect(missing).toContain('Observing')
    const said = await learner.textContent('main')
    expect(said).toContain('3 of 6')
    expect(said).toMatch(/Nearest to you\s*Certificate of coastal work/)
    expect(said).toContain('75 hours of learning')
    expect(await learner.locator('.plans').first().textContent()).toContain('Hillside College (demonstration)')
    expect(await learner.getAttribute('.plans a >> nth=0', 'href')).toMatch(/^\/catalogue\//)
    expect(await learner.textContent('.plans a >> nth=0')).toBe('Reading maps')
    expect(said).toContain('No course on offer here fills the gap.')
    if (process.env.CAIRN_PICTURES)
      await learner.screenshot({ path: `${process.env.CAIRN_PICTURES}/stacking-missing-en-390.png`, fullPage: true })
    await learner.setInputFiles('[name=files]', {
      name: 'maps.jsonld',
      mimeType: 'application/jose+json',
      buffer: Buffer.from((await issuers.anybody()['shared.download']({ token: tokens[0]! })).base64, 'base64'),
    })
    await learner.click('form[action="?/show"] button')
    await learner.waitForSelector('[data-eligible=true]')
    if (process.env.CAIRN_PICTURES)
      await learner.screenshot({ path: `${process.env.CAIRN_PICTURES}/stacking-shown-en-390.png`, fullPage: true })
    expect(await learner.textContent('main')).toMatch(/Forecasting.* counts until/)
    await learner.fill('[name=email]', 'ana@learners.example')
    await learner.check('[name=consent]')
    await learner.click('form[action="?/ask"] button')
    await learner.waitForURL('**/s/*')
    follow = learner.url()
    expect(await learner.textContent('main')).toContain('It waits for an answer.')
  })

  test('the body decides, the receipt is sealed, and the award goes the way of every award', async () => {
    await page.goto(`${address}/home`)
    await page.click('nav a[href="/pathways"]')
    await page.waitForURL('**/pathways')
    await everywhere(page.url(), 'pathways')
    await settled()
    await page.click('text=Ana Horáková')
    await page.waitForURL('**/requests/**')
    await everywhere(page.url(), 'stack-request')
    await settled()
    await page.fill('[name=dateOfBirth]', '1999-02-03')
    await page.click('form[action="?/award"] button')
    await page.waitForSelector('text=Go to the batch')
    await page.click('text=Go to the batch')
    await page.waitForURL('**/batches/**')
    await learner.goto(follow)
    expect(await learner.textContent('main')).toContain('here is the receipt')
    await everywhere(follow, 'stack-follow')
  })

  test('a stranger reads the receipt on the verifying page, and checks it against the parts without a network', async () => {
    const token = follow.split('/').at(-1)!
    const bytes = new Uint8Array(Buffer.from((await issuers.anybody()['stack.fetch']({ token })).base64, 'base64'))
    receipt = path.join(folder, 'receipt.jsonld')
    writeFileSync(receipt, bytes)
    const stranger = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage()
    await stranger.goto(`${address}/verify`)
    await stranger.waitForLoadState('networkidle')
    await stranger.setInputFiles('input[type=file]', receipt)
    await stranger.waitForSelector('[data-verdict=valid]')
    await stranger.waitForSelector('text=stacked an award for')
    expect(await stranger.textContent('main')).toContain('Safety at sea')
    if (process.env.CAIRN_PICTURES)
      await stranger.screenshot({ path: `${process.env.CAIRN_PICTURES}/receipt-verified-en-390.png`, fullPage: true })
    const parts: string[] = []
    const now = new Date().toISOString()
    const gathered = [await evidenceFor(server.installation, bytes, now)]
    for (const [at, each] of tokens.entries()) {
      const part = new Uint8Array(Buffer.from((await issuers.anybody()['shared.download']({ token: each })).base64, 'base64'))
      parts.push(path.join(folder, `part-${at}.jsonld`))
      writeFileSync(parts.at(-1)!, part)
      gathered.push(await evidenceFor(server.installation, part, now))
    }
    const evidence = path.join(folder, 'evidence.json')
    const revocation = {
      crls: gathered.flatMap((each) => each.revocation?.crls ?? []),
      ocsps: gathered.flatMap((each) => each.revocation?.ocsps ?? []),
    }
    writeFileSync(
      evidence,
      writeEvidence({ ...gathered[0]!, statusLists: Object.assign({}, ...gathered.map((each) => each.statusLists)), revocation }),
    )
    const args = ['apps/cli/bin/cairn.js', 'verify', receipt, '--parts', parts.join(','), '--evidence', evidence, '--offline', '--json']
    const told = JSON.parse(execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' }))
    expect(told).toMatchObject({ format: 'stack-receipt', verdict: 'valid', results: { parts: 'passed' } })
  })
})
